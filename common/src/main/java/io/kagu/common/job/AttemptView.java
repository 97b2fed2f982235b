package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of a job as readers see it.
 *
 * @param number from 1, never used twice within a job
 * @param gpu the GPU that was called
 * @param executor incarnation of the dispatcher that made the call
 * @param endedAt empty while the call runs
 * @param ending the outcome's word: completed, overloaded, fault, rejected, lost, cancelled; empty
 *     while the call runs
 * @param error what went wrong, bounded in length
 * @param choice why it got its GPU
 * @param tokens of prompt and answer, as the GPU counted them; empty while unknown
 */
public record AttemptView(
        int number,
        String gpu,
        String executor,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> ending,
        Optional<String> error,
        Optional<Choice> choice,
        OptionalLong tokens) {

    public AttemptView {
        requireNonNull(gpu, "gpu");
        requireNonNull(executor, "executor");
        requireNonNull(startedAt, "started_at");
    }

    /** An attempt of which nothing is told of why it got its GPU, nor of its tokens. */
    public AttemptView(
            int number,
            String gpu,
            String executor,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<String> ending,
            Optional<String> error) {
        this(
                number,
                gpu,
                executor,
                startedAt,
                endedAt,
                ending,
                error,
                Optional.empty(),
                OptionalLong.empty());
    }
}
