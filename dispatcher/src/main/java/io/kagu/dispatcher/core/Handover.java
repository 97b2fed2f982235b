package io.kagu.dispatcher.core;

import io.kagu.common.job.JobView;
import io.kagu.dispatcher.core.JobRow.Tally;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Where a pool left a job that now belongs to another: it goes on there with its deadline, its
 * budget of attempts and their numbers. Times are epoch milliseconds.
 *
 * @param schema version of this shape, see {@link #SCHEMA}
 * @param version of the marker that the old pool keeps; readers know it
 * @param queuedAt when the first pool took the job in
 * @param attempt number of the newest attempt; 0 before the first
 */
public record Handover(
        int schema,
        int run,
        long version,
        long queuedAt,
        long deadline,
        int attempt,
        Tally tally,
        List<Attempt> attempts) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    private static final long LAST_TIME = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    /** Far more than any job counts, far less than a number holds. */
    private static final int MOST = 1_000_000_000;

    /** Refuses what no pool of ours writes: it comes by a topic that others may write to. */
    public Handover {
        attempts = List.copyOf(attempts);
        Objects.requireNonNull(tally, "tally");
        check(run >= 1 && run <= MOST, "run");
        check(version >= 1 && version <= MOST, "version");
        check(attempt >= 0 && attempt <= MOST, "attempt");
        check(time(queuedAt), "queued_at");
        check(time(deadline), "deadline");
        check(counts(tally), "tally");
        check(attempts.size() <= JobView.MAX_ATTEMPTS, "attempts");
        check(
                attempts.stream().allMatch(a -> time(a.startedAt()) && time(a.endedAt())),
                "attempts");
    }

    /** Where a row leaves its job. */
    public static Handover of(JobRow row) {
        return new Handover(
                SCHEMA,
                row.run(),
                row.version(),
                row.queuedAt(),
                row.deadline(),
                row.attempt(),
                row.tally(),
                row.attempts());
    }

    private static boolean counts(Tally tally) {
        return tally.faults() >= 0 && tally.losses() >= 0 && tally.overloads() >= 0;
    }

    private static boolean time(long millis) {
        return millis >= 0 && millis <= LAST_TIME;
    }

    private static void check(boolean holds, String field) {
        if (!holds) {
            throw new IllegalArgumentException("bad value of " + field);
        }
    }
}
