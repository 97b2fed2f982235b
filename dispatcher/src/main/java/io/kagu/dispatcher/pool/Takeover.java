package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.Registry;
import io.kagu.common.job.JobView;
import io.kagu.dispatcher.core.CallPace;
import io.kagu.dispatcher.core.EarlyEnd;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Rebuilds a task's pools from its store after a crash, a move or a start. A crash can lose the
 * last rows and keep the events told of them, or keep the rows and lose the events: so ends that
 * were told are made true first, and what the newest rows say is told again.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    /** Many times the commit interval, after which rows and effects are known to be stored. */
    private static final long DOUBTFUL_MILLIS = 10_000;

    private final JobStore jobs;
    private final TaskPools pools;
    private final Predicate<String> ownsPool;
    private final List<JobKey> doubtful = new ArrayList<>();

    Takeover(JobStore jobs, TaskPools pools, Predicate<String> ownsPool) {
        this.jobs = jobs;
        this.pools = pools;
        this.ownsPool = ownsPool;
    }

    /**
     * GPUs first, so that it is known which models are served; their breakers, of which one may
     * wait for its probe; then every live row.
     */
    void restore(Registry gpus, ToldEnds told, long now) {
        long began = System.nanoTime();
        pools.use(gpus, now, Turn.empty());
        long newest = jobs.newestChange();
        long since = doubtfulSince(newest);
        told.since(since).stream()
                .filter(view -> ownsPool.test(view.pool()))
                .forEach(view -> makeTrue(view, now));
        jobs.flush();
        jobs.eachPause((pool, pause) -> pools.restore(pool, pause, now));
        jobs.eachBreaker((pool, breaker) -> pools.restore(pool, breaker, now));
        RecentCalls calls = new RecentCalls(gpus, now - CallPace.MINUTE);
        List<Changed> changed = new ArrayList<>();
        jobs.completeEnds(
                        row -> {
                            restore(row, now);
                            calls.find(row);
                            if (row.updatedAt() >= since) {
                                changed.add(new Changed(JobKey.of(row), row.updatedAt()));
                            }
                        })
                .forEach(row -> doubtful.add(JobKey.of(row)));
        doubt(changed, newest);
        calls.findEnded(jobs);
        calls.all().forEach(begun -> pools.restore(begun.pool(), begun.call(), now));
        jobs.eachCancel(key -> pools.restore(key, EarlyEnd.cancel(now), now));
        jobs.ended(since, Long.MAX_VALUE, Integer.MAX_VALUE)
                .forEach(ended -> doubtful.add(ended.key()));
        LOG.atInfo()
                .addKeyValue("pools", pools.all().size())
                .addKeyValue("liveJobs", pools.live())
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .log("pools taken over");
    }

    /** When a row last changed. */
    private record Changed(JobKey key, long at) {}

    private static long doubtfulSince(long newest) {
        return Math.max(0, newest - DOUBTFUL_MILLIS);
    }

    private void restore(JobRow row, long now) {
        if (row.live()) {
            pools.restore(row, now);
        }
    }

    /**
     * The newest rows are in doubt. One of them may be far newer than what was written down: a
     * store of an earlier build knows its last end alone, and all that wait may have come since.
     */
    private void doubt(List<Changed> changed, long newest) {
        long last = changed.stream().mapToLong(Changed::at).max().orElse(newest);
        long since = doubtfulSince(Math.max(newest, last));
        changed.stream().filter(row -> row.at() >= since).map(Changed::key).forEach(doubtful::add);
    }

    private void makeTrue(JobView view, long now) {
        EarlyEnd end = JobViews.end(view).orElseThrow();
        Optional<JobRow> row = jobs.of(view.pool()).find(view.id());
        boolean toCome = row.isEmpty() || row.get().run() < view.run();
        if (toCome) {
            pools.restore(new JobKey(view.pool(), view.id()), end, now);
        } else if (!(row.get().state() instanceof JobState.Terminal)
                && row.get().run() == view.run()) {
            jobs.gather(end.of(row.get()));
        }
    }

    /** Says again what may not have been heard; once, as soon as records can be forwarded. */
    void repeat(Turn turn) {
        for (JobKey key : doubtful) {
            jobs.of(key.pool()).find(key.jobId()).ifPresent(row -> pools.repeat(row, false, turn));
        }
        doubtful.clear();
    }
}
