package io.kagu.dispatcher.core;

/**
 * When a GPU that fails gets no calls for a while. Times are milliseconds.
 *
 * @param faults counted one after the other that open a breaker
 * @param pause before one call, the probe, may try an open GPU
 * @param faultPause without a call after the second serial fault, doubled by each further one; 0
 *     for no such pause
 * @param faultPauseMax the longest that it gets
 */
public record BreakerRules(int faults, long pause, long faultPause, long faultPauseMax) {

    /** A breaker alone, without a pause after serial faults. */
    public BreakerRules(int faults, long pause) {
        this(faults, pause, 0, 0);
    }
}
