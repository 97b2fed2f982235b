package io.kagu.statusapi.query;

import io.kagu.statusapi.fold.JobWaiters;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * One wait for something about a job: looks at each change of the job, and ends when it is so, when
 * the time is over, or when everybody is sent home. Between two looks it holds no thread.
 */
final class JobWait {

    private final JobWaiters waiters;
    private final Executor executor;
    private final BooleanSupplier wanted;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean due = new AtomicBoolean();

    /**
     * @param executor runs the looks; what follows the wait runs there, too
     * @param wanted whether the wait is over; while it throws {@link InvalidStateStoreException} it
     *     is not
     */
    JobWait(JobWaiters waiters, Executor executor, BooleanSupplier wanted) {
        this.waiters = waiters;
        this.executor = executor;
        this.wanted = wanted;
    }

    /**
     * Begins to wait; where all places are taken, or it is so already, the wait is over at once.
     */
    CompletableFuture<Void> begin(String jobId, Duration longest) {
        if (longest.isZero() || isOver()) {
            return CompletableFuture.completedFuture(null);
        }
        var listener = waiters.listen(jobId, this::changed);
        if (listener.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> _ = over.whenComplete((_, _) -> listener.get().close());
        CompletableFuture<Void> _ =
                over.completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS);
        // It may have changed before anybody listened.
        changed();
        return over.thenRunAsync(() -> {}, executor);
    }

    /** Has it look again; returns at once. */
    void changed() {
        if (!over.isDone() && !due.getAndSet(true)) {
            executor.execute(this::look);
        }
    }

    private void look() {
        due.set(false);
        if (isOver()) {
            over.complete(null);
        }
    }

    private boolean isOver() {
        try {
            return waiters.closed() || wanted.getAsBoolean();
        } catch (InvalidStateStoreException e) {
            return false;
        }
    }
}
