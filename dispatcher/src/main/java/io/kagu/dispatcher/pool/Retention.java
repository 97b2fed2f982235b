package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.pool.JobStore.Ended;

import java.time.Duration;
import java.util.List;

/**
 * Lets go of jobs that ended: of the body soon, once its last effects are surely out, and of the
 * row after its retention; a job that went to another pool keeps its body as long as its marker.
 * Walks the rows by time, a bounded number a sweep.
 */
final class Retention {

    private static final String BODIES_SWEPT = "bodies-swept";
    private static final int BATCH = 5_000;

    /** Far longer than a crash can hold back an effect: that is a commit interval. */
    static final Duration BODY_GRACE = Duration.ofSeconds(60);

    private final JobStore jobs;
    private final long retentionMillis;
    private long oldest;
    private long oldestForwarded;

    Retention(JobStore jobs, Duration retention) {
        this.jobs = jobs;
        this.retentionMillis = retention.toMillis();
    }

    void sweep(long now) {
        dropBodies(now - Math.min(BODY_GRACE.toMillis(), retentionMillis));
        forget(now - retentionMillis);
    }

    private void dropBodies(long before) {
        long from = jobs.number(BODIES_SWEPT).orElse(0);
        if (from >= before) {
            return;
        }
        List<Ended> ended = jobs.ended(from, before, BATCH);
        ended.forEach(job -> jobs.dropBody(job.key()));
        long swept = ended.size() < BATCH ? before : ended.getLast().at();
        if (!ended.isEmpty()) {
            jobs.number(BODIES_SWEPT, swept);
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
