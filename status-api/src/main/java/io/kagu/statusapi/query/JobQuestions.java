package io.kagu.statusapi.query;

import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.fold.JobWaiters;
import io.kagu.statusapi.fold.JobWaiters.Listener;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds jobs and their responses, waiting for what is about to be there. Who waits holds no thread:
 * the fold tells of each change, and nothing polls.
 */
public final class JobQuestions {

    /** How long a job that was just accepted is waited for. */
    private static final Duration APPEARANCE = Duration.ofSeconds(2);

    private final JobReader reader;
    private final JobWaiters waiters;
    private final Executor executor;

    /**
     * @param executor of those who waited
     */
    public JobQuestions(JobReader reader, JobWaiters waiters, Executor executor) {
        this.reader = reader;
        this.waiters = waiters;
        this.executor = executor;
    }

    /** The job as it is; one that was accepted a moment ago is waited for briefly. */
    public CompletableFuture<Lookup> find(String jobId) {
        if (!JobIds.valid(jobId)) {
            return CompletableFuture.completedFuture(new Lookup.Absent());
        }
        Optional<Lookup> known =
                orNotReady(() -> reader.view(jobId).map(JobQuestions::found), Lookup.NotReady::new);
        return known.map(CompletableFuture::completedFuture)
                .orElseGet(() -> awaitAppearance(jobId));
    }

    /** The job if it can be told at once; else {@link #find} says more. */
    public Optional<ViewRow> known(String jobId) {
        if (!JobIds.valid(jobId)) {
            return Optional.empty();
        }
        try {
            return reader.view(jobId);
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private CompletableFuture<Lookup> awaitAppearance(String jobId) {
        CompletableFuture<Void> caughtUp = reader.caughtUp(jobId);
        JobWait wait =
                new JobWait(
                        waiters,
                        executor,
                        () -> caughtUp.isDone() || reader.view(jobId).isPresent());
        CompletableFuture<Void> _ = caughtUp.whenComplete((_, _) -> wait.changed());
        return wait.begin(jobId, APPEARANCE).thenApply(_ -> appeared(jobId, caughtUp));
    }

    private Lookup appeared(String jobId, CompletableFuture<Void> caughtUp) {
        // Asked before it is looked for: what was folded in between is found.
        boolean readAll = caughtUp.isDone() && !caughtUp.isCompletedExceptionally();
        return orNotReady(() -> reader.view(jobId).map(JobQuestions::found), Lookup.NotReady::new)
                .orElseGet(() -> readAll ? new Lookup.Absent() : new Lookup.NotReady());
    }

    /** The job as it is now; empty if it cannot be told from here any more. */
    public Optional<JobView> now(String jobId) {
        try {
            return waiters.closed() ? Optional.empty() : reader.view(jobId).map(ViewRow::view);
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** Has somebody told of a job's changes; empty if too many are. */
    public Optional<Listener> listen(String jobId, Runnable told) {
        return waiters.listen(jobId, told);
    }

    /** The view of a job in a copy of its store, if this replica has one. */
    public Optional<ViewRow> copiedView(String jobId) {
        return reader.copiedView(jobId);
    }

    /** The response of a job in a copy of its store, if this replica has one. */
    public Optional<ResultRow> copiedResult(String jobId) {
        return reader.copiedResult(jobId);
    }

    /** Of which time what is told of a job now is true. */
    public Freshness freshness(String jobId, Instant now) {
        return reader.freshness(jobId, now);
    }

    /** The job's response, waited for as long as the job is live and the wait lasts. */
    public CompletableFuture<ResultLookup> result(String jobId, Duration wait) {
        Deadline deadline = Deadline.in(wait);
        return find(jobId)
                .thenCompose(known ->
                        switch (known) {
                            case Lookup.Found(var job) -> awaitEnd(job.id(), deadline);
                            case Lookup.Absent() ->
                                    CompletableFuture.completedFuture(new ResultLookup.Absent());
                            case Lookup.NotReady() ->
                                    CompletableFuture.completedFuture(new ResultLookup.NotReady());
                        });
    }

    private CompletableFuture<ResultLookup> awaitEnd(String jobId, Deadline deadline) {
        return awaitView(jobId, deadline.left(), row -> isAnswered(jobId, row))
                .thenApply(_ -> answer(jobId));
    }

    /** Events and results are two topics: either may be folded first. */
    private boolean isAnswered(String jobId, ViewRow row) {
        return row.state() == JobStatus.COMPLETED
                ? reader.result(jobId).isPresent()
                : row.state().terminal();
    }

    private ResultLookup answer(String jobId) {
        Function<JobView, ResultLookup> answer =
                job ->
                        switch (job.state()) {
                            case QUEUED, RUNNING, RETRYING -> new ResultLookup.Waiting(job);
                            case DEAD, CANCELLED, EXPIRED -> new ResultLookup.Failed(job);
                            case COMPLETED ->
                                    reader.result(jobId)
                                            .<ResultLookup>map(ResultLookup.Answered::new)
                                            .orElseGet(() -> new ResultLookup.Waiting(job));
                        };
        return orNotReady(
                        () -> reader.view(jobId).map(ViewRow::view).map(answer),
                        ResultLookup.NotReady::new)
                .orElseGet(ResultLookup.Absent::new);
    }

    /**
     * Waits until a job's view is as asked for, the time is over, or another replica has the job.
     * While the stores move, nobody is sent away before the time is over: they may come back.
     */
    CompletableFuture<Void> awaitView(String jobId, Duration longest, Predicate<ViewRow> wanted) {
        JobWait wait =
                new JobWait(
                        waiters,
                        executor,
                        () ->
                                reader.elsewhere(jobId)
                                        || reader.view(jobId).filter(wanted).isPresent());
        return wait.begin(jobId, longest);
    }

    private static Lookup found(ViewRow row) {
        return new Lookup.Found(row.view());
    }

    /** What is read or, where the stores cannot be, that it is not known. */
    private static <T> Optional<T> orNotReady(
            Supplier<Optional<T>> read, Supplier<? extends T> notReady) {
        try {
            return read.get();
        } catch (InvalidStateStoreException e) {
            return Optional.of(notReady.get());
        }
    }
}
