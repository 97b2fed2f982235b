package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of a job that began, as its row remembers it.
 *
 * @param endedAt 0 while it runs
 * @param ending the outcome's word; empty while it runs
 * @param error empty unless something went wrong; bounded in length
 * @param choice why it got its GPU; empty if this owner never saw it begin
 * @param tokens that it used, as the GPU counted them; empty while unknown
 */
public record Attempt(
        int number,
        String gpu,
        String executor,
        long startedAt,
        long endedAt,
        String ending,
        String error,
        Optional<Choice> choice,
        OptionalLong tokens) {

    private static final int MAX_ERROR = 500;

    public Attempt {
        Objects.requireNonNull(gpu, "gpu");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(error, "error");
    }

    /** An attempt that just began. */
    static Attempt begun(Lease lease, Choice choice) {
        return new Attempt(
                lease.attempt(),
                lease.gpu(),
                lease.executor(),
                lease.startedAt(),
                0,
                "",
                "",
                Optional.of(choice),
                OptionalLong.empty());
    }

    /** The attempt with its end. */
    Attempt ended(AttemptOutcome outcome, String error, long now) {
        long end = outcome.endedAt() > 0 ? outcome.endedAt() : now;
        return new Attempt(
                number,
                gpu,
                executor,
                startedAt,
                end,
                outcome.outcome().word(),
                bounded(error),
                choice,
                outcome.tokens());
    }

    /** An attempt this owner never saw begin, as after a crash that lost its row. */
    static Attempt unseen(AttemptOutcome outcome) {
        return new Attempt(
                outcome.attempt(),
                outcome.gpu(),
                outcome.executor(),
                outcome.startedAt(),
                0,
                "",
                "",
                Optional.empty(),
                OptionalLong.empty());
    }

    /** Whether an outcome is this attempt's: its number, by the executor that made it. */
    boolean isOf(AttemptOutcome outcome) {
        return number == outcome.attempt() && executor.equals(outcome.executor());
    }

    /** Whether the GPU answered it. */
    boolean completed() {
        return ending.equals("completed");
    }

    /** Whether this attempt counts as failed. */
    boolean faulted() {
        return ending.equals("fault");
    }

    private static String bounded(String error) {
        return error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR) + "…";
    }
}
