package io.kagu.common.publish;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The jobs of one publisher that have no response yet, bounded in number. Safe for many threads;
 * whatever waits on a response runs on the executor, never on the thread that brought it.
 */
final class PendingJobs {

    private final Map<String, CompletableFuture<JobResponse>> responses = new ConcurrentHashMap<>();
    private final Semaphore room;
    private final PublisherConfig config;
    private final Executor executor;

    private volatile Optional<PublishException> stopped = Optional.empty();

    PendingJobs(PublisherConfig config, Executor executor) {
        this.config = config;
        this.executor = executor;
        this.room = new Semaphore(config.maxPending());
    }

    /**
     * The future response of a job; of one that is pending already, the same future.
     *
     * @throws PublishException if there is no room for long, or no more response will come
     */
    CompletableFuture<JobResponse> open(String jobId) throws InterruptedException {
        takeRoom();
        CompletableFuture<JobResponse> fresh = new CompletableFuture<>();
        CompletableFuture<JobResponse> known = responses.putIfAbsent(jobId, fresh);
        if (known != null) {
            room.release();
            return known;
        }
        // The caller may cancel it or let it time out.
        CompletableFuture<JobResponse> _ =
                fresh.whenComplete((response, failure) -> forget(jobId, fresh));
        // Looked at after the entry is in: stop() either sees the entry or is seen here.
        stopped.ifPresent(reason -> {
            forget(jobId, fresh);
            throw reason;
        });
        return fresh;
    }

    private void takeRoom() throws InterruptedException {
        Duration wait = config.submitWait();
        if (!room.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new PublishException(
                    "%d jobs wait for their responses and none came in %d ms: submit slower or raise the bound"
                            .formatted(config.maxPending(), wait.toMillis()));
        }
    }

    boolean contains(String jobId) {
        return responses.containsKey(jobId);
    }

    int size() {
        return responses.size();
    }

    /** A response arrived; that of an unknown job changes nothing. */
    void answered(JobResponse response) {
        take(response.jobId())
                .ifPresent(future -> executor.execute(() -> future.complete(response)));
    }

    /** A job is said to have ended; its response may still be on its way. */
    void ended(JobView job) {
        CompletableFuture<JobResponse> future = responses.get(job.id());
        if (future == null || !job.state().terminal()) {
            return;
        }
        if (job.state() == JobStatus.COMPLETED) {
            CompletableFuture.delayedExecutor(
                            config.responseWait().toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(() -> miss(job.id(), future));
        } else {
            fail(job.id(), new JobEndedException(job));
        }
    }

    private void miss(String jobId, CompletableFuture<JobResponse> future) {
        if (forget(jobId, future)) {
            future.completeExceptionally(new ResponseMissedException(jobId));
        }
    }

    /** No response of this job will come. */
    void fail(String jobId, Throwable reason) {
        take(jobId)
                .ifPresent(future -> executor.execute(() -> future.completeExceptionally(reason)));
    }

    /** No response of any job will come any more. */
    void stop(PublishException reason) {
        stopped = Optional.of(reason);
        responses.keySet().forEach(jobId -> fail(jobId, reason));
    }

    /** Removed before it completes, so that what waits on it finds room for the next job. */
    private Optional<CompletableFuture<JobResponse>> take(String jobId) {
        CompletableFuture<JobResponse> future = responses.remove(jobId);
        if (future != null) {
            room.release();
        }
        return Optional.ofNullable(future);
    }

    private boolean forget(String jobId, CompletableFuture<JobResponse> future) {
        boolean removed = responses.remove(jobId, future);
        if (removed) {
            room.release();
        }
        return removed;
    }
}
