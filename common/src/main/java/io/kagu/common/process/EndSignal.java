package io.kagu.common.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * Tells a service's main thread when to end: the process was asked to stop, the thread was
 * interrupted, or something failed that only a new start can mend. Holds the JVM's shutdown back
 * until everything is closed in order.
 */
public final class EndSignal {

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean interrupted;

    private EndSignal() {}

    /** Listens to the JVM from now on. */
    public static EndSignal install() {
        EndSignal signal = new EndSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "end"));
        return signal;
    }

    private void end() {
        asked.complete(null);
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service cannot go on. */
    public void fail(RuntimeException failure) {
        asked.completeExceptionally(failure);
    }

    /**
     * Waits for the end.
     *
     * @throws RuntimeException what the service failed of, if it did
     */
    public void await() {
        try {
            asked.get();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    /** Everything is closed. An interruption that ended the wait is passed on only now. */
    public void closed() {
        closed.countDown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
