package io.kagu.dispatcher.core;

import java.util.Optional;

/**
 * How a GPU's breaker stands: all that a new owner needs to go on with it.
 *
 * @param faults counted since the last success, while closed
 * @param openUntil epoch milliseconds after which a probe may go; 0 unless open
 * @param probe the one call that tries a half-open GPU, while it runs
 * @param serialFaults counted since the last success, in whatever phase
 * @param pausedUntil epoch milliseconds from which on a call may begin again after those; 0 if they
 *     ask for no pause
 */
public record BreakerState(
        String gpu,
        Phase phase,
        int faults,
        long openUntil,
        Optional<Probe> probe,
        int serialFaults,
        long pausedUntil) {

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

    /** When the next call may begin, after both pauses; 0 if nothing ever held one back. */
    long nextCallAt() {
        return Math.max(openUntil, pausedUntil);
    }

    /** A breaker nothing speaks against. */
    public static BreakerState untroubled(String gpu) {
        return new BreakerState(gpu, Phase.CLOSED, 0, 0, Optional.empty(), 0, 0);
    }

    /** Whether there is nothing to remember. */
    public boolean untroubled() {
        return equals(untroubled(gpu));
    }
}
