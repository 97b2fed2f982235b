package io.kagu.dispatcher.core;

import java.util.Comparator;

/**
 * A call that began, for the limits of its GPU.
 *
 * @param at epoch milliseconds by the clock of the owner that began it
 * @param tokens that it used, or its job's estimate while that is unknown
 */
public record CallBegun(String gpu, long at, String jobId, int attempt, long tokens) {

    /** In the order of their times; the same call is equal whatever its tokens. */
    static final Comparator<CallBegun> ORDER =
            Comparator.comparingLong(CallBegun::at)
                    .thenComparing(CallBegun::jobId)
                    .thenComparingInt(CallBegun::attempt);

    /** The call of a job's attempt, with what is known of its tokens. */
    public static CallBegun of(JobRow row, Attempt attempt) {
        return new CallBegun(
                attempt.gpu(),
                attempt.startedAt(),
                row.id(),
                attempt.number(),
                attempt.tokens().orElse(CallPace.tokens(row)));
    }
}
