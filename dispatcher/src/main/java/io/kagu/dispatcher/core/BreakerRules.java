package io.kagu.dispatcher.core;

/**
 * When a GPU that fails gets no calls for a while.
 *
 * @param faults counted one after the other that open a breaker
 * @param pause milliseconds before one call, the probe, may try an open GPU
 */
public record BreakerRules(int faults, long pause) {}
