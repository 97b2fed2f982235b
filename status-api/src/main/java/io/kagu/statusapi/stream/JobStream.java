package io.kagu.statusapi.stream;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.EventId;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells one caller of one job's changes until its end. Of changes that follow each other faster
 * than they are told, the last is: every view says the whole job.
 */
public final class JobStream {

    private final EventStream stream;
    private final Supplier<Optional<JobView>> job;
    private final Function<JobView, Object> answer;
    private final Executor executor;
    private final AtomicBoolean due = new AtomicBoolean();
    private Optional<EventId> seen;

    /**
     * What is told.
     *
     * @param job the job now; empty if it cannot be told from here any more
     * @param answer what is said of it
     * @param seen what the caller has seen before
     */
    public record Story(
            Supplier<Optional<JobView>> job,
            Function<JobView, Object> answer,
            Optional<EventId> seen) {}

    public JobStream(EventStream stream, Story story, Executor executor) {
        this.stream = stream;
        this.job = story.job();
        this.answer = story.answer();
        this.seen = story.seen();
        this.executor = executor;
    }

    /** The job may have changed. */
    public void changed() {
        if (!due.getAndSet(true)) {
            executor.execute(this::tell);
        }
    }

    private synchronized void tell() {
        due.set(false);
        Optional<JobView> now = job.get();
        if (now.isEmpty()) {
            stream.end();
            return;
        }
        JobView view = now.get();
        EventId id = EventId.of(view);
        if (seen.isEmpty() || seen.get().isBefore(id)) {
            stream.offer(Frames.event("job", Optional.of(id.text()), answer.apply(view)));
            seen = Optional.of(id);
        }
        if (view.state().terminal()) {
            stream.end();
        }
    }
}
