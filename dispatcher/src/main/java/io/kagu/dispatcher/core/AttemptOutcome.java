package io.kagu.dispatcher.core;

import java.util.OptionalLong;

/**
 * The outcome of one attempt of one job.
 *
 * @param executor incarnation that made the call
 * @param startedAt epoch milliseconds, by the executor's clock
 * @param endedAt epoch milliseconds, by the executor's clock
 * @param tokens of prompt and answer, as the GPU counted them; empty if it did not say
 */
public record AttemptOutcome(
        String jobId,
        int attempt,
        String gpu,
        String executor,
        long startedAt,
        long endedAt,
        Outcome outcome,
        OptionalLong tokens) {

    /** An outcome whose tokens are unknown. */
    public AttemptOutcome(
            String jobId,
            int attempt,
            String gpu,
            String executor,
            long startedAt,
            long endedAt,
            Outcome outcome) {
        this(jobId, attempt, gpu, executor, startedAt, endedAt, outcome, OptionalLong.empty());
    }
}
