package io.kagu.dispatcher.pool;

import io.kagu.common.job.Choice;
import io.kagu.common.job.Choice.PassedOver;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.core.Attempt;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobRow.Tally;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Lease;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Rows for tests: one job with every optional setting, in each state of its life. */
final class RowSample {

    static final long START = 1_700_000_000_000L;
    static final String POOL = "p1";
    static final Attempt FAILED =
            new Attempt(
                    1,
                    "alpha",
                    "executor-1",
                    START + 10,
                    START + 90,
                    "fault",
                    "status 500",
                    Optional.empty(),
                    OptionalLong.empty());

    private static final Attempt USED =
            new Attempt(
                    2,
                    "beta",
                    "executor-1",
                    START + 1_100,
                    START + 1_900,
                    "completed",
                    "",
                    Optional.empty(),
                    OptionalLong.of(321));

    private static final Attempt OPEN =
            new Attempt(
                    2,
                    "beta",
                    "executor-1",
                    START + 1_100,
                    0,
                    "",
                    "",
                    Optional.of(
                            new Choice(
                                    "not_failed_last",
                                    Optional.of("tiny"),
                                    0.75,
                                    List.of(
                                            new PassedOver(
                                                    "alpha", "failed_last", OptionalDouble.of(0.5)),
                                            new PassedOver(
                                                    "gamma", "full", OptionalDouble.empty())),
                                    new TreeMap<>(Map.of("failed_last", 1, "full", 1)))),
                    OptionalLong.empty());
    private static final Lease LEASE =
            new Lease("job-1", 2, "beta", "executor-1", START + 1_100, START + 36_100);

    private RowSample() {}

    static Job job(String id) {
        return new Job(
                id,
                "small",
                Priority.HIGH,
                "team-1",
                "/v1/chat/completions",
                "application/json",
                Instant.ofEpochMilli(START - 5),
                Optional.of(Instant.ofEpochMilli(START + 60_000)),
                OptionalInt.of(3),
                OptionalLong.of(250),
                Optional.of(URI.create("http://127.0.0.1:9/done")),
                Optional.of("session-7"));
    }

    static JobRow queued(String id) {
        return costing(id, 250);
    }

    static JobRow costing(long cost) {
        return costing("job-1", cost);
    }

    private static JobRow costing(String id, long cost) {
        return new JobRow(
                job(id),
                POOL,
                "small-v1",
                4,
                2_500_000,
                cost,
                1,
                1,
                77,
                START,
                START + 60_000,
                new JobState.Queued(START),
                0,
                Tally.NONE,
                List.of(),
                START);
    }

    /** A job that is queued for this run. */
    static JobRow run(String id, int run) {
        JobRow row = queued(id);
        return new JobRow(
                row.job(),
                row.pool(),
                row.model(),
                row.sequence(),
                row.tag(),
                row.cost(),
                run,
                row.version() + 4,
                row.bodyDigest(),
                row.queuedAt(),
                row.deadline(),
                row.state(),
                row.attempt(),
                row.tally(),
                row.attempts(),
                row.updatedAt());
    }

    static JobRow running(String id) {
        return in(queued(id), new JobState.Running(LEASE, false), FAILED, OPEN);
    }

    static JobRow ended(String id, long at) {
        return in(queued(id), new JobState.Completed(200, at), FAILED);
    }

    /** A job that completed, and whose GPU said how many tokens it used. */
    static JobRow used(String id) {
        return in(queued(id), new JobState.Completed(200, START + 2_000), FAILED, USED);
    }

    /** The job's row by the name of its state, in every state. */
    static Map<String, JobRow> byState() {
        JobRow queued = queued("job-1");
        JobState.Reason why = new JobState.Reason("fault", "status 500");
        Map<String, JobRow> rows = new LinkedHashMap<>();
        rows.put("queued", queued);
        rows.put("running", running("job-1"));
        rows.put("retrying", in(queued, new JobState.Retrying(START + 1_000, why), FAILED));
        rows.put("forwarded", in(queued, new JobState.Forwarded("p2", START + 1_500), FAILED));
        rows.put("completed", ended("job-1", START + 2_000));
        rows.put("used", used("job-1"));
        rows.put("dead", in(queued, new JobState.Dead(why, START + 90, false), FAILED));
        rows.put("discarded", in(queued, new JobState.Dead(why, START + 90, true), FAILED));
        rows.put("cancelled", in(queued, new JobState.Cancelled(START + 50)));
        rows.put("expired", in(queued, new JobState.Expired(START + 60_000)));
        return rows;
    }

    static JobRow in(JobRow row, JobState state, Attempt... attempts) {
        return new JobRow(
                row.job(),
                row.pool(),
                row.model(),
                row.sequence(),
                row.tag(),
                row.cost(),
                row.run(),
                row.version() + 1 + attempts.length,
                row.bodyDigest(),
                row.queuedAt(),
                row.deadline(),
                state,
                attempts.length,
                new Tally(Math.min(1, attempts.length), 0, 0),
                List.of(attempts),
                START + 100);
    }
}
