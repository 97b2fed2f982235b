package io.kagu.dispatcher.executor;

import java.time.Duration;

/**
 * How an executor makes calls and shows that it lives.
 *
 * @param callBudget calls the owners of pools may give it at once
 * @param heartbeatInterval between two heartbeats
 * @param selfFenceAfter how long no heartbeat may be acknowledged before it ends all its calls: it
 *     may be cut off; together with one interval less than the time after which others call it lost
 * @param abortGrace how long a clean stop waits for the outcomes of aborted calls
 * @param maxResponseBytes largest response body that is kept
 * @param connectTimeout to open a connection to a GPU server
 * @param maxRetryAfter longest pause that a GPU server may ask for
 */
public record ExecutorConfig(
        int callBudget,
        Duration heartbeatInterval,
        Duration selfFenceAfter,
        Duration abortGrace,
        int maxResponseBytes,
        Duration connectTimeout,
        Duration maxRetryAfter) {

    /** As many calls as one heartbeat is sure to list. */
    public static final int MAX_CALL_BUDGET = 5_000;

    private static final int DEFAULT_CALL_BUDGET = 2_000;
    private static final int DEFAULT_MAX_RESPONSE_BYTES = 8 << 20;

    public ExecutorConfig {
        if (callBudget < 1 || callBudget > MAX_CALL_BUDGET) {
            throw new IllegalArgumentException("call budget must be 1 to " + MAX_CALL_BUDGET);
        }
        if (maxResponseBytes < 1) {
            throw new IllegalArgumentException("max response bytes must be positive");
        }
        requirePositive("heartbeat interval", heartbeatInterval);
        requirePositive("connect timeout", connectTimeout);
        if (selfFenceAfter.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("self fence must allow for two heartbeats");
        }
        if (abortGrace.isNegative() || maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException("a time span is negative");
        }
    }

    /** What suits one machine as well as many. */
    public static ExecutorConfig defaults() {
        return new ExecutorConfig(
                DEFAULT_CALL_BUDGET,
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                DEFAULT_MAX_RESPONSE_BYTES,
                Duration.ofSeconds(3),
                Duration.ofMinutes(5));
    }

    private static void requirePositive(String name, Duration span) {
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
