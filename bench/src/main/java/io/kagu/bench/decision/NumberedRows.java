package io.kagu.bench.decision;

import io.kagu.bench.pool.PoolDriver;
import io.kagu.bench.pool.RowShelf;
import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobRow.Tally;
import io.kagu.dispatcher.core.JobState.Queued;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of numbered jobs. One that waits is kept as a few numbers and made anew when it is asked
 * for, as a store does: a million of them are no objects that the collector would have to move,
 * which the owner's heap has not either.
 */
final class NumberedRows implements RowShelf {

    private static final int NUMBERS = 4;
    private static final int SEQUENCE = 0;
    private static final int TAG = 1;
    private static final int SINCE = 2;
    private static final int DEADLINE = 3;

    private final NumberedJobs jobs;
    private final long[] waiting;
    private final Map<String, JobRow> others = new HashMap<>();

    NumberedRows(NumberedJobs jobs) {
        this.jobs = jobs;
        this.waiting = new long[jobs.count() * NUMBERS];
    }

    @Override
    public Optional<JobRow> find(String jobId) {
        JobRow row = others.get(jobId);
        if (row != null) {
            return Optional.of(row);
        }
        int at = at(jobId);
        return waiting[at + SEQUENCE] == 0 ? Optional.empty() : Optional.of(waiting(jobId, at));
    }

    private JobRow waiting(String jobId, int at) {
        Job job = jobs.job(jobId);
        long since = waiting[at + SINCE];
        return new JobRow(
                job,
                PoolDriver.POOL,
                job.model(),
                waiting[at + SEQUENCE],
                waiting[at + TAG],
                PoolDriver.COST,
                1,
                1,
                0,
                since,
                waiting[at + DEADLINE],
                new Queued(since),
                0,
                Tally.NONE,
                List.of(),
                since);
    }

    @Override
    public void put(JobRow row) {
        int at = at(row.id());
        if (row.state() instanceof Queued) {
            waiting[at + SEQUENCE] = row.sequence();
            waiting[at + TAG] = row.tag();
            waiting[at + SINCE] = row.queuedAt();
            waiting[at + DEADLINE] = row.deadline();
            others.remove(row.id());
        } else {
            waiting[at + SEQUENCE] = 0;
            others.put(row.id(), row);
        }
    }

    @Override
    public void remove(String jobId) {
        waiting[at(jobId) + SEQUENCE] = 0;
        others.remove(jobId);
    }

    private static int at(String jobId) {
        return NumberedJobs.number(jobId) * NUMBERS;
    }
}
