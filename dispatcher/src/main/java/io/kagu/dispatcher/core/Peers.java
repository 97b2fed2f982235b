package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.Sightings.Sighting;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The room that other replicas' executors have: what their newest heartbeats told, less what this
 * owner gave them since. An owner does not see what others give, so that several who spill at once
 * may give an executor more than it told; it makes those calls all the same.
 */
public final class Peers {

    /** An executor that was not heard for longer gets no calls. Milliseconds. */
    private static final long FRESH = 1_500;

    private final Map<String, Given> given = new TreeMap<>();

    /** How many calls an executor was given since the heartbeat of this time. */
    private record Given(long heartbeat, int calls) {}

    /** The executor with the most room, by name among equals; empty if none has any. */
    public Optional<Taker> roomiest(String self, Sightings sightings, long now) {
        given.keySet().retainAll(sightings.all().keySet());
        return sightings.all().entrySet().stream()
                .filter(peer -> !peer.getKey().equals(self))
                .filter(peer -> now - peer.getValue().arrivedAt() <= FRESH)
                .map(peer -> taker(peer.getKey(), peer.getValue(), now))
                .filter(peer -> peer.freeCalls() > 0)
                .max(
                        Comparator.comparingInt(Taker::freeCalls)
                                .thenComparing(Taker::executor, Comparator.reverseOrder()));
    }

    /**
     * Its clock shows at least what it showed when it sent the heartbeat, and the time that passed
     * here since that came: no two machines' clocks are compared.
     */
    private Taker taker(String executor, Sighting heard, long now) {
        long itsTime = heard.sentAt() + (now - heard.arrivedAt());
        int room = heard.freeCalls() - since(executor, heard);
        return new Taker(executor, room, itsTime + Taker.START_WITHIN);
    }

    private int since(String executor, Sighting heard) {
        Given to = given.get(executor);
        return to != null && to.heartbeat() == heard.sentAt() ? to.calls() : 0;
    }

    /** Notes that an executor was given a call. */
    public void gave(String executor, Sightings sightings) {
        sightings
                .of(executor)
                .ifPresent(heard -> {
                    int calls = since(executor, heard) + 1;
                    given.put(executor, new Given(heard.sentAt(), calls));
                });
    }
}
