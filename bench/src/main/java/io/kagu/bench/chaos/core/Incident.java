package io.kagu.bench.chaos.core;

/**
 * A fault that was done.
 *
 * @param target whom it hit
 * @param began when the fault began
 * @param healing when what it hit began to be made whole, such as a process to be started again
 * @param ended when what it hit was itself again
 */
public record Incident(FaultKind kind, Target target, long began, long healing, long ended) {

    /** Whether it was on at some time between these two. */
    boolean touches(long from, long to) {
        return began <= to && from <= ended;
    }
}
