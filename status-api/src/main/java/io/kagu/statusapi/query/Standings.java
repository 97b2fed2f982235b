package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.QueueSnapshot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells where jobs stand: the word of their pool's owner or, where that cannot be had in a moment,
 * an estimate from what the owner last said of the whole queue. Safe for many threads.
 */
public final class Standings {

    /** How long an asker waits for the owner. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final QueueBoard queues;
    private final OwnerClient owners;
    private final InstantSource clock;
    private final Map<String, PoolQuestions> byPool = new ConcurrentHashMap<>();

    public Standings(QueueBoard queues, OwnerClient owners, InstantSource clock) {
        this.queues = queues;
        this.owners = owners;
        this.clock = clock;
    }

    /** Where a job stands; complete at once if nobody need be asked. */
    public CompletableFuture<JobStanding> of(JobView job) {
        Optional<QueueSnapshot> queue = queue(job);
        if (!JobStanding.waits(job)) {
            return CompletableFuture.completedFuture(JobStanding.ofOneThatWaitsNot(job, queue));
        }
        if (queue.isEmpty()) {
            // Names of pools that nobody ever told of are not kept.
            return CompletableFuture.completedFuture(
                    JobStanding.estimated(job, queue, Inexact.OWNER_UNKNOWN));
        }
        return byPool.computeIfAbsent(job.pool(), pool -> new PoolQuestions(pool, owners, clock))
                .ask(job.id(), queue)
                .completeOnTimeout(
                        new OwnersWord.None(Inexact.OWNER_BUSY),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenApply(word -> standing(job, word));
    }

    private JobStanding standing(JobView job, OwnersWord word) {
        return switch (word) {
            case OwnersWord.Told(var place) -> JobStanding.told(job, place, queue(job));
            case OwnersWord.None(var why) -> JobStanding.estimated(job, queue(job), why);
        };
    }

    /** Where a job stands by what is known here, and why nobody was asked. */
    public JobStanding estimate(JobView job, Inexact why) {
        return JobStanding.waits(job)
                ? JobStanding.estimated(job, queue(job), why)
                : JobStanding.ofOneThatWaitsNot(job, queue(job));
    }

    /** What somebody is told who asks for a response that is not there yet. */
    public CompletableFuture<Pending> pending(JobView job) {
        return of(job).thenApply(standing -> pending(job, standing));
    }

    /** The words on a job that stands there. */
    public Pending pending(JobView job, JobStanding standing) {
        return Pending.of(job, standing, queue(job), clock.instant());
    }

    private Optional<QueueSnapshot> queue(JobView job) {
        return queues.pool(job.pool());
    }
}
