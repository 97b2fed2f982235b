package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat;
import io.kagu.dispatcher.core.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The executor's sign of life: sends heartbeats, and ends all calls once none was acknowledged for
 * too long. Has a platform thread of its own, so that busy calls cannot hold it up.
 */
final class Pulse implements AutoCloseable {

    /** What a call ends with when the executor must take itself for cut off. */
    static final Outcome CUT_OFF = new Outcome.Lost("cut off");

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final int CHECKS_PER_HEARTBEAT = 5;

    private final HeartbeatPublisher publisher;
    private final Supplier<Heartbeat> heartbeat;
    private final Fence fence;
    private final CallBook book;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("executor-pulse").factory());

    private CompletableFuture<Void> onTheWay = CompletableFuture.completedFuture(null);
    private boolean wasCutOff;

    Pulse(HeartbeatPublisher publisher, Supplier<Heartbeat> heartbeat, Fence fence, CallBook book) {
        this.publisher = publisher;
        this.heartbeat = heartbeat;
        this.fence = fence;
        this.book = book;
    }

    void start(Duration interval) {
        long nanos = interval.toNanos();
        long check = Math.max(1, nanos / CHECKS_PER_HEARTBEAT);
        Future<?> _ = thread.scheduleAtFixedRate(going(this::beat), 0, nanos, TimeUnit.NANOSECONDS);
        Future<?> _ =
                thread.scheduleAtFixedRate(going(this::check), check, check, TimeUnit.NANOSECONDS);
    }

    /** A throw would end the schedule silently, and with it the fence. */
    private static Runnable going(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("pulse stumbled");
            }
        };
    }

    /** One heartbeat is on its way at a time: while brokers are away none may pile up. */
    private void beat() {
        if (!onTheWay.isDone()) {
            return;
        }
        long sentAt = System.nanoTime();
        onTheWay = publisher.publish(heartbeat.get()).thenRun(() -> fence.proven(sentAt));
    }

    private void check() {
        boolean cutOff = fence.cutOff(System.nanoTime());
        if (cutOff) {
            book.stopAll(CUT_OFF);
        }
        if (cutOff != wasCutOff) {
            wasCutOff = cutOff;
            LOG.atWarn()
                    .addKeyValue("openCalls", book.openCount())
                    .log(cutOff ? "cut off: all calls ended" : "no longer cut off");
        }
    }

    /** Sends no more heartbeats; the fence is no longer watched. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
