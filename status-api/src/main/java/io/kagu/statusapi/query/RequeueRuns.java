package io.kagu.statusapi.query;

import io.kagu.statusapi.core.RequeueProgress;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.query.DeadLetters.Selection;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The requeue runs of this instance: one at a time, of which the last is remembered. */
public final class RequeueRuns implements AutoCloseable {

    private final RequeueClient client;
    private final InstantSource clock;

    private Optional<RequeueRun> last = Optional.empty();
    private boolean closed;

    public RequeueRuns(RequeueClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What came of the wish to start. */
    public sealed interface Start {

        /** The run began. */
        record Started(RequeueProgress progress) implements Start {}

        /** Another one is under way. */
        record Busy(RequeueProgress running) implements Start {}
    }

    /**
     * Fixes which letters are meant, and begins with them in the background.
     *
     * @throws InvalidStateStoreException while it cannot be said which there are
     */
    public synchronized Start start(RequeueRequest request) {
        Optional<RequeueProgress> running =
                last.map(RequeueRun::progress).filter(progress -> !progress.state().ended());
        if (running.isPresent()) {
            return new Start.Busy(running.get());
        }
        if (closed) {
            throw new InvalidStateStoreException("closed");
        }
        Selection selection = client.select(request);
        List<RequeueTarget> targets =
                selection.heads().stream()
                        .map(head -> new RequeueTarget(head.id(), head.run()))
                        .toList();
        RequeueProgress begin =
                RequeueProgress.started(request, targets.size(), selection.more(), clock.instant());
        RequeueRun run = new RequeueRun(client, clock, targets, begin);
        Thread.ofVirtual().name("requeue-run").start(run);
        last = Optional.of(run);
        return new Start.Started(begin);
    }

    /** How far the last run is; empty if none was started. */
    public synchronized Optional<RequeueProgress> progress() {
        return last.map(RequeueRun::progress);
    }

    /** Stops the last run; what it has requeued stays so. */
    public synchronized Optional<RequeueProgress> stop() {
        last.ifPresent(run -> run.stop("stopped by an operator"));
        return progress();
    }

    @Override
    public synchronized void close() {
        closed = true;
        last.ifPresent(run -> run.stop("the service ended"));
    }
}
