package io.kagu.bench.chaos.core;

/**
 * A fault that is planned.
 *
 * @param draw a number of any size from which its target is chosen
 * @param atMillis when it begins, from the start of the schedule
 */
public record Fault(FaultKind kind, int draw, long atMillis) {}
