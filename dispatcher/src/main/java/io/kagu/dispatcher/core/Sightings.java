package io.kagu.dispatcher.core;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest heartbeat of every executor. Executors are judged by when their heartbeats arrive
 * here, never by other machines' clocks.
 */
public final class Sightings {

    /** No executor was heard yet. */
    public static final Sightings NONE = new Sightings(0, Map.of());

    private final long listeningSince;
    private final Map<String, Sighting> byIncarnation;

    /**
     * @param listeningSince from when on every heartbeat that was sent arrived here, too; an
     *     executor is silent for no longer than that
     */
    public Sightings(long listeningSince, Map<String, Sighting> byIncarnation) {
        this.listeningSince = listeningSince;
        this.byIncarnation = new TreeMap<>(byIncarnation);
    }

    /**
     * One heartbeat.
     *
     * @param arrivedAt epoch milliseconds by the owner's clock
     * @param sentAt epoch milliseconds by the executor's clock
     * @param calls the calls whose outcomes were not acknowledged yet
     * @param freeCalls how many calls it would take from other replicas
     */
    public record Sighting(long arrivedAt, long sentAt, Set<CallId> calls, int freeCalls) {

        public Sighting {
            calls = Set.copyOf(calls);
        }
    }

    /** One attempt of one job. */
    public record CallId(String jobId, int attempt) {}

    /** From when on an executor that was not heard since is silent. */
    public long listeningSince() {
        return listeningSince;
    }

    /** All newest heartbeats, by incarnation. */
    public Map<String, Sighting> all() {
        return Collections.unmodifiableMap(byIncarnation);
    }

    /** The newest heartbeat of an executor. */
    public Optional<Sighting> of(String incarnation) {
        return Optional.ofNullable(byIncarnation.get(incarnation));
    }
}
