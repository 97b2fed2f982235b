package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.Sightings.CallId;
import io.kagu.dispatcher.core.Sightings.Sighting;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The room that other replicas' executors have: what their newest heartbeats told, less the calls
 * that this owner gave them and that those heartbeats cannot know. An owner does not see what
 * others give, so that several who spill at once may give an executor more than it told; it makes
 * those calls all the same.
 */
public final class Peers {

    /** An executor that was not heard for longer gets no calls. Milliseconds. */
    private static final long FRESH = 1_500;

    private final Map<String, Map<CallId, Lease>> given = new TreeMap<>();

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
        int room = heard.freeCalls() - unknownTo(executor, heard);
        return new Taker(executor, room, itsTime + Taker.START_WITHIN);
    }

    /** A call that a heartbeat lists is known to it, and so is one that it would list by now. */
    private int unknownTo(String executor, Sighting heard) {
        Map<CallId, Lease> calls = given.getOrDefault(executor, new LinkedHashMap<>());
        calls.entrySet()
                .removeIf(call ->
                        heard.calls().contains(call.getKey())
                                || heard.sentAt() >= call.getValue().startBefore());
        return calls.size();
    }

    /** Notes that an executor was given a call. */
    public void gave(Lease lease) {
        given.computeIfAbsent(lease.executor(), _ -> new LinkedHashMap<>()).put(id(lease), lease);
    }

    /** Notes that a call is over. */
    public void ended(Lease lease) {
        given.getOrDefault(lease.executor(), new LinkedHashMap<>()).remove(id(lease));
    }

    private static CallId id(Lease lease) {
        return new CallId(lease.jobId(), lease.attempt());
    }
}
