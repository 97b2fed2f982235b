package io.kagu.bench.pool;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState.Running;
import io.kagu.dispatcher.core.Lease;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.core.Pool;
import io.kagu.dispatcher.core.PoolCommand;
import io.kagu.dispatcher.core.PoolEvent;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.core.SidecarReading;
import io.kagu.dispatcher.core.Taker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real pool whose rows lie on a shelf in place of the owner's store. Times are epoch
 * milliseconds.
 */
public final class PoolDriver {

    /** Name of the one pool. */
    public static final String POOL = "bench";

    private static final Taker TAKER = Taker.own("executor-1", Integer.MAX_VALUE);
    private static final Outcome COMPLETED = new Outcome.Completed(200, "application/json");
    private static final long YEARS = 10L * 365 * 24 * 3_600_000;
    private static final int MANY_JOBS = 10_000_000;
    private static final PoolRules RULES = rules();

    /** Tokens of every job, as nobody knows them beforehand. */
    public static final long COST = 1_000;

    private final RowShelf rows;
    private final Pool pool;

    /**
     * @param gpus what the pool has from the start
     * @param rows where its jobs' rows are kept
     */
    public PoolDriver(List<GpuSpec> gpus, RowShelf rows, long now) {
        this.rows = rows;
        pool = new Pool(POOL, RULES, now);
        run(new PoolCommand.UseGpus(gpus, Map.of(), now));
    }

    /** Without a bound that a benchmark could reach. */
    private static PoolRules rules() {
        PoolRules usual = PoolRules.DEFAULTS;
        return new PoolRules(
                usual.retries(),
                YEARS,
                MANY_JOBS,
                usual.lostAfter(),
                usual.unlistedAfter(),
                usual.abortGrace(),
                usual.abortEvery(),
                usual.unservedAfter(),
                usual.batch(),
                usual.breaker(),
                usual.weights());
    }

    /** Takes a job in. */
    public void submit(Job job, long now) {
        run(new PoolCommand.Submit(job, job.model(), COST, 0, now));
    }

    /** Gives a free slot to the first job that can use one; empty if there is no such pair. */
    public Optional<Lease> fill(long now) {
        for (PoolEvent event : run(new PoolCommand.Fill(TAKER, now))) {
            if (event instanceof PoolEvent.Moved moved
                    && moved.to().state() instanceof Running running) {
                return Optional.of(running.lease());
            }
        }
        return Optional.empty();
    }

    /** Ends a call with a response; its job's row is forgotten. */
    public Job finish(Lease lease, long now) {
        AttemptOutcome outcome =
                new AttemptOutcome(
                        lease.jobId(),
                        lease.attempt(),
                        lease.gpu(),
                        lease.executor(),
                        lease.startedAt(),
                        now,
                        COMPLETED);
        run(new PoolCommand.Finish(outcome, now));
        JobRow row = rows.live(lease.jobId());
        if (row.live()) {
            throw new IllegalStateException("job " + lease.jobId() + " did not end");
        }
        rows.remove(lease.jobId());
        return row.job();
    }

    /** A sidecar's numbers arrive. */
    public void read(GpuMetrics metrics, long now) {
        run(new PoolCommand.ReadSidecars(List.of(new SidecarReading(metrics, now))));
    }

    /** How many jobs go before a waiting one. */
    public long position(String jobId) {
        return pool.position(rows.live(jobId)).orElseThrow();
    }

    /** Jobs that wait or run. */
    public int live() {
        return pool.live();
    }

    private List<PoolEvent> run(PoolCommand command) {
        List<PoolEvent> events = pool.decide(command, rows);
        for (PoolEvent event : events) {
            pool.apply(event);
            if (event instanceof PoolEvent.Moved moved) {
                rows.put(moved.to());
            }
        }
        return events;
    }
}
