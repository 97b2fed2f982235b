package io.kagu.dispatcher.core;

import java.util.List;

/**
 * The end of a job that its owner does not have yet, to be applied on arrival: a cancel that came
 * before its job, or an end that readers were told before a crash lost the row.
 *
 * @param run the job's life that ends so
 * @param version of the view that told it; 0 for a cancel, of which nobody was told
 * @param attempt the newest attempt that was told; 0 for a cancel
 */
public record EarlyEnd(
        JobState.Terminal state, int run, long version, int attempt, List<Attempt> attempts) {

    public EarlyEnd {
        attempts = List.copyOf(attempts);
    }

    /** A cancel that came before its job. */
    public static EarlyEnd cancel(long now) {
        return new EarlyEnd(new JobState.Cancelled(now), 1, 0, 0, List.of());
    }

    /**
     * Whether readers were told of it by this pool, so that the job ended here and nowhere else.
     */
    boolean told() {
        return version > 0;
    }

    /** Whether this outcome is the response that the job ends with. */
    boolean isBy(AttemptOutcome outcome) {
        return state instanceof JobState.Completed
                && outcome.outcome() instanceof Outcome.Completed
                && !attempts.isEmpty()
                && attempts.getLast().isOf(outcome);
    }

    /** The row that ends this way, whatever it said so far. */
    public JobRow of(JobRow row) {
        return row.endedEarly(this);
    }
}
