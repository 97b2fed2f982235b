package io.kagu.cli.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads that work on the same thing until it is done; the first failure is kept. */
final class Workers {

    /** Work that may be interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    /** Work on one item that may be interrupted. */
    interface ItemWork<T> {
        void run(T item) throws InterruptedException;
    }

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private final Runnable onFailure;

    /**
     * @param onFailure called when a thread fails, to stop the others
     */
    Workers(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    void start(String name, int count, Work work) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + "-" + i).start(() -> guarded(work)));
        }
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
            onFailure.run();
        }
    }

    /** Waits for all threads; those that take longer are interrupted and waited for again. */
    void join(long patienceMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        for (Thread thread : threads) {
            long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (rest <= 0 || !thread.join(Duration.ofMillis(rest))) {
                thread.interrupt();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private synchronized void fail(RuntimeException e) {
        failure = failure.or(() -> Optional.of(e));
    }

    /** What made a thread fail first, if one did. */
    synchronized Optional<RuntimeException> failure() {
        return failure;
    }

    /** Does something for each item, on so many threads at once. */
    static <T> void forEach(int threads, Collection<T> items, ItemWork<T> work)
            throws InterruptedException {
        Iterator<T> iterator = items.iterator();
        CountDownLatch done = new CountDownLatch(1);
        Workers workers = new Workers(done::countDown);
        workers.start(
                "each",
                Math.min(threads, items.size()),
                () -> {
                    Optional<T> item = next(iterator);
                    while (item.isPresent() && done.getCount() > 0) {
                        work.run(item.get());
                        item = next(iterator);
                    }
                });
        for (Thread thread : workers.threads) {
            thread.join();
        }
        if (workers.failure().isPresent()) {
            throw workers.failure().get();
        }
    }

    private static <T> Optional<T> next(Iterator<T> iterator) {
        synchronized (iterator) {
            return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
        }
    }
}
