package io.kagu.local.stack;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs steps at the same time and waits for all of them. */
final class Together {

    private Together() {}

    /**
     * Runs the steps; the first failure is thrown once all have ended.
     *
     * @throws StackException if this thread is interrupted meanwhile, or for a step's own failure
     *     that is no runtime exception
     */
    static void run(List<Callable<?>> steps) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            List<? extends Future<?>> running = steps.stream().map(threads::submit).toList();
            for (Future<?> step : running) {
                await(step, threads);
            }
        }
    }

    private static void await(Future<?> step, ExecutorService threads) {
        try {
            step.get();
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        } catch (ExecutionException e) {
            threads.shutdownNow();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new StackException("a step failed: " + e.getCause(), e);
        }
    }
}
