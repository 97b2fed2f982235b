package io.kagu.cli;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ctrl-C and SIGTERM as something a command can wait for. The process ends once the command says
 * that it has finished, or when its patience is over.
 */
public final class StopSignal {

    private static final long PATIENCE_SECONDS = 40;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::onShutdown);
    private volatile OptionalInt exitCode = OptionalInt.empty();
    private Optional<Thread> interruptible = Optional.empty();

    /** A signal that nothing sends but {@link #request}. */
    public StopSignal() {}

    /** A signal that the end of this process sends. */
    public static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void onShutdown() {
        request();
        try {
            boolean _ = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Else the process would end with the signal's number, whatever the command says.
        exitCode.ifPresent(Runtime.getRuntime()::halt);
    }

    /** Asks the command to stop. */
    public synchronized void request() {
        requested.countDown();
        interruptible.ifPresent(Thread::interrupt);
    }

    /** Whether the command was asked to stop. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Does something that is interrupted when the command is asked to stop. */
    public <T> T interrupting(Supplier<T> step) throws InterruptedException {
        allowInterrupts(Optional.of(Thread.currentThread()));
        try {
            return step.get();
        } catch (RuntimeException e) {
            if (isRequested()) {
                throw new InterruptedException("stopped while starting");
            }
            throw e;
        } finally {
            allowInterrupts(Optional.empty());
            boolean _ = Thread.interrupted();
        }
    }

    private synchronized void allowInterrupts(Optional<Thread> thread) {
        interruptible = thread;
        if (isRequested()) {
            thread.ifPresent(Thread::interrupt);
        }
    }

    /** Waits until the command is asked to stop. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until the command is asked to stop, for so long at most; says whether it was. */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Says that the command has ended and the process may end, with this exit code. */
    public void finished(int code) {
        exitCode = OptionalInt.of(code);
        finished.countDown();
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
        }
    }
}
