package io.kagu.bench.chaos.core;

import java.util.List;

/**
 * A fault that was done.
 *
 * @param target whom it hit
 * @param pools those that a hit dispatcher owned
 * @param began when the fault began
 * @param ended when what it hit was itself again
 */
public record Incident(FaultKind kind, String target, List<String> pools, long began, long ended) {

    public Incident {
        pools = List.copyOf(pools);
    }

    /** Whether it was on at some time between these two. */
    boolean touches(long from, long to) {
        return began <= to && from <= ended;
    }
}
