package io.kagu.dispatcher.core;

/**
 * The outcome of one attempt of one job.
 *
 * @param executor incarnation that made the call
 * @param startedAt epoch milliseconds, by the executor's clock
 * @param endedAt epoch milliseconds, by the executor's clock
 */
public record AttemptOutcome(
        String jobId,
        int attempt,
        String gpu,
        String executor,
        long startedAt,
        long endedAt,
        Outcome outcome) {}
