package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.pool.JobStore.Ended;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Lets go of jobs that ended: of the body soon, once its last effects are surely out, and of the
 * row after its retention; a job that went to another pool keeps its body as long as its marker.
 * Walks the rows by time, a bounded number a sweep. Cancels whose jobs never came go with the rows.
 */
final class Retention {

    private static final String BODIES_SWEPT = "bodies-swept";
    private static final int BATCH = 5_000;

    /** Far longer than a crash can hold back an effect: that is a commit interval. */
    static final Duration BODY_GRACE = Duration.ofSeconds(60);

    /** All cancels that wait are looked through, so not at every sweep. */
    static final Duration CANCELS_EVERY = Duration.ofMinutes(1);

    private final JobStore jobs;
    private final long retentionMillis;
    private long oldest;
    private long oldestForwarded;
    private long nextCancels;

    /** Many jobs may end in one millisecond, so that a time alone would not get past them. */
    private @Nullable Ended lastSwept;

    Retention(JobStore jobs, Duration retention) {
        this.jobs = jobs;
        this.retentionMillis = retention.toMillis();
    }

    void sweep(long now) {
        dropBodies(now - Math.min(BODY_GRACE.toMillis(), retentionMillis));
        forget(now - retentionMillis);
        if (now >= nextCancels) {
            jobs.forgetCancels(now - retentionMillis, now);
            nextCancels = now + CANCELS_EVERY.toMillis();
        }
    }

    private void dropBodies(long before) {
        long from = jobs.number(BODIES_SWEPT).orElse(0);
        if (from >= before) {
            return;
        }
        List<Ended> ended =
                lastSwept == null
                        ? jobs.ended(from, before, BATCH)
                        : jobs.endedAfter(lastSwept, before, BATCH);
        ended.forEach(job -> jobs.dropBody(job.key()));
        if (!ended.isEmpty()) {
            lastSwept = ended.getLast();
            jobs.number(BODIES_SWEPT, ended.size() < BATCH ? before : lastSwept.at());
        }
    }

    private void forget(long before) {
        List<Ended> ended = jobs.ended(oldest, before, BATCH);
        ended.forEach(jobs::forget);
        oldest = ended.isEmpty() ? oldest : ended.getLast().at();
        List<Ended> forwarded = jobs.forwarded(oldestForwarded, before, BATCH);
        forwarded.forEach(jobs::forgetForwarded);
        oldestForwarded = forwarded.isEmpty() ? oldestForwarded : forwarded.getLast().at();
    }
}
