package io.kagu.statusapi.query;

import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.fold.JobWaiters;
import io.kagu.statusapi.fold.JobWaiters.Listener;
import io.kagu.statusapi.fold.JobWaiters.Waiter;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Finds jobs and their responses, waiting for what is about to be there. A wait parks its thread
 * until the fold tells of a change; nothing polls.
 */
public final class JobQuestions {

    /** How long a job that was just accepted is waited for. */
    private static final Duration APPEARANCE = Duration.ofSeconds(2);

    private final JobReader reader;
    private final JobWaiters waiters;

    public JobQuestions(JobReader reader, JobWaiters waiters) {
        this.reader = reader;
        this.waiters = waiters;
    }

    /** The job as it is; one that was accepted a moment ago is waited for briefly. */
    public Lookup find(String jobId) {
        if (!JobIds.valid(jobId)) {
            return new Lookup.Absent();
        }
        try {
            Optional<ViewRow> row = reader.view(jobId);
            return row.isPresent() ? found(row.get()) : awaitAppearance(jobId);
        } catch (InvalidStateStoreException e) {
            return new Lookup.NotReady();
        }
    }

    /** The job if it is known to have ended; else {@link #find} says more. */
    public Optional<ViewRow> ended(String jobId) {
        if (!JobIds.valid(jobId)) {
            return Optional.empty();
        }
        try {
            return reader.view(jobId).filter(row -> row.state().terminal());
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private Lookup awaitAppearance(String jobId) {
        Optional<Waiter> place = waiters.join(jobId);
        if (place.isEmpty()) {
            return new Lookup.NotReady();
        }
        try (Waiter waiter = place.get()) {
            CompletableFuture<Void> caughtUp = reader.caughtUp(jobId);
            CompletableFuture<Void> _ =
                    caughtUp.whenComplete((done, failure) -> waiter.bell().ring());
            Deadline deadline = Deadline.in(APPEARANCE);
            while (true) {
                boolean readAll = caughtUp.isDone();
                Optional<ViewRow> row = reader.view(jobId);
                if (row.isPresent()) {
                    return found(row.get());
                }
                if (readAll) {
                    return caughtUp.isCompletedExceptionally()
                            ? new Lookup.NotReady()
                            : new Lookup.Absent();
                }
                if (waiters.closed() || !waiter.bell().await(deadline.left())) {
                    return new Lookup.NotReady();
                }
            }
        }
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
    public ResultLookup result(String jobId, Duration wait) {
        Deadline deadline = Deadline.in(wait);
        return switch (find(jobId)) {
            case Lookup.Found(var job) -> awaitEnd(job, deadline);
            case Lookup.Absent() -> new ResultLookup.Absent();
            case Lookup.NotReady() -> new ResultLookup.NotReady();
        };
    }

    private ResultLookup awaitEnd(JobView job, Deadline deadline) {
        try {
            awaitView(job.id(), deadline, row -> isAnswered(job.id(), row));
            return answer(job.id());
        } catch (InvalidStateStoreException e) {
            return new ResultLookup.NotReady();
        }
    }

    /** Events and results are two topics: either may be folded first. */
    private boolean isAnswered(String jobId, ViewRow row) {
        return row.state() == JobStatus.COMPLETED
                ? reader.result(jobId).isPresent()
                : row.state().terminal();
    }

    private ResultLookup answer(String jobId) {
        Optional<ViewRow> row = reader.view(jobId);
        if (row.isEmpty()) {
            return new ResultLookup.Absent();
        }
        JobView job = row.get().view();
        return switch (job.state()) {
            case QUEUED, RUNNING, RETRYING -> new ResultLookup.Waiting(job);
            case DEAD, CANCELLED, EXPIRED -> new ResultLookup.Failed(job);
            case COMPLETED -> {
                Optional<ResultRow> response = reader.result(jobId);
                yield response.isPresent()
                        ? new ResultLookup.Answered(response.get())
                        : new ResultLookup.Waiting(job);
            }
        };
    }

    /**
     * Waits until a job's view is as asked for, or the time is over.
     *
     * @return the last view that was seen; empty if there is none
     * @throws InvalidStateStoreException when the time is over and it cannot be said
     */
    Optional<ViewRow> awaitView(String jobId, Deadline deadline, Predicate<ViewRow> wanted) {
        Optional<Waiter> place = deadline.passed() ? Optional.empty() : waiters.join(jobId);
        if (place.isEmpty()) {
            return reader.view(jobId);
        }
        try (Waiter waiter = place.get()) {
            boolean rang = true;
            while (rang && !waiters.closed() && !reader.elsewhere(jobId)) {
                if (isAsWanted(jobId, wanted)) {
                    return reader.view(jobId);
                }
                rang = waiter.bell().await(deadline.left());
            }
            return reader.view(jobId);
        }
    }

    /** While the stores move, nobody is sent away before the time is over: they may come back. */
    private boolean isAsWanted(String jobId, Predicate<ViewRow> wanted) {
        try {
            return reader.view(jobId).filter(wanted).isPresent();
        } catch (InvalidStateStoreException e) {
            return false;
        }
    }

    private static Lookup found(ViewRow row) {
        return new Lookup.Found(row.view());
    }
}
