package io.kagu.dispatcher.core;

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
    public static final Sightings NONE = new Sightings(Map.of());

    private final Map<String, Sighting> byIncarnation;

    public Sightings(Map<String, Sighting> byIncarnation) {
        this.byIncarnation = new TreeMap<>(byIncarnation);
    }

    /**
     * One heartbeat.
     *
     * @param arrivedAt epoch milliseconds by the owner's clock
     * @param sentAt epoch milliseconds by the executor's clock
     * @param calls the calls whose outcomes were not acknowledged yet
     */
    public record Sighting(long arrivedAt, long sentAt, Set<CallId> calls) {

        public Sighting {
            calls = Set.copyOf(calls);
        }
    }

    /** One attempt of one job. */
    public record CallId(String jobId, int attempt) {}

    /** The newest heartbeat of an executor. */
    public Optional<Sighting> of(String incarnation) {
        return Optional.ofNullable(byIncarnation.get(incarnation));
    }
}
