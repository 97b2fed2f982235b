package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.Outcome;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * A call from its submission until its outcome is stored: the handle by which others stop it. It
 * never publishes anything: the call's own thread does, once, whatever others want. Holds no body.
 */
final class OpenCall {

    private static final Future<?> NO_EXCHANGE = CompletableFuture.completedFuture(null);

    private final RunningCall key;
    private final long openedAt;
    private Future<?> exchange = NO_EXCHANGE;
    private Optional<Outcome> stopped = Optional.empty();

    /**
     * @param openedAt by {@link System#nanoTime}
     */
    OpenCall(RunningCall key, long openedAt) {
        this.key = key;
        this.openedAt = openedAt;
    }

    RunningCall key() {
        return key;
    }

    /** How long it has been open, in nanoseconds. */
    long age(long now) {
        return now - openedAt;
    }

    /** Ends the call with this outcome unless its response is there; the first stop counts. */
    void stop(Outcome outcome) {
        Future<?> running;
        synchronized (this) {
            if (stopped.isEmpty()) {
                stopped = Optional.of(outcome);
            }
            running = exchange;
        }
        running.cancel(true);
    }

    /** With which outcome the call was stopped from outside. */
    synchronized Optional<Outcome> stopped() {
        return stopped;
    }

    /** Notes the exchange that a stop must cancel; cancels it if the stop came before. */
    void exchanging(Future<?> running) {
        boolean late;
        synchronized (this) {
            exchange = running;
            late = stopped.isPresent();
        }
        if (late) {
            running.cancel(true);
        }
    }

    /** Lets go of the exchange. */
    synchronized void exchanged() {
        exchange = NO_EXCHANGE;
    }
}
