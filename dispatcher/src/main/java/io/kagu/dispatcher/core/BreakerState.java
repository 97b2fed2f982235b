package io.kagu.dispatcher.core;

import java.util.Optional;

/**
 * How a GPU's breaker stands: all that a new owner needs to go on with it.
 *
 * @param faults counted since the last success, while closed
 * @param openUntil epoch milliseconds after which a probe may go; 0 unless open
 * @param probe the one call that tries a half-open GPU, while it runs
 */
public record BreakerState(
        String gpu, Phase phase, int faults, long openUntil, Optional<Probe> probe) {

    /** The phases of a circuit breaker. */
    public enum Phase {
        /** Calls go. */
        CLOSED,
        /** No call goes. */
        OPEN,
        /** One call goes, and its end decides. */
        HALF_OPEN
    }

    /** Names the call that tries a GPU. */
    public record Probe(String jobId, int attempt) {

        static Probe of(Lease lease) {
            return new Probe(lease.jobId(), lease.attempt());
        }
    }

    /** A breaker nothing speaks against. */
    public static BreakerState untroubled(String gpu) {
        return new BreakerState(gpu, Phase.CLOSED, 0, 0, Optional.empty());
    }

    /** Whether there is nothing to remember. */
    public boolean untroubled() {
        return equals(untroubled(gpu));
    }
}
