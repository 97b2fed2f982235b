package io.kagu.statusapi.fold;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who waits for a change of which job; told by the fold once the change is readable. Bounded, and
 * nearly free for jobs that nobody waits for.
 */
public final class JobWaiters implements AutoCloseable {

    private final ConcurrentHashMap<String, Set<Runnable>> byJob = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int limit;

    private volatile boolean closed;

    /**
     * @param limit how many may wait at once
     */
    public JobWaiters(int limit) {
        this.limit = limit;
    }

    /** A place among those who are told; give it back by closing it, once. */
    public final class Listener implements AutoCloseable {

        private final String jobId;
        private final Runnable told;

        private Listener(String jobId, Runnable told) {
            this.jobId = jobId;
            this.told = told;
        }

        @Override
        public void close() {
            byJob.computeIfPresent(
                    jobId,
                    (_, all) -> {
                        all.remove(told);
                        return all.isEmpty() ? null : all;
                    });
            waiting.decrementAndGet();
        }
    }

    /**
     * Has somebody told of a job's changes, and when everybody is sent home; empty when all places
     * are taken or the service ends.
     *
     * @param told runs on the thread of the fold: it must be quick
     */
    public Optional<Listener> listen(String jobId, Runnable told) {
        if (waiting.incrementAndGet() > limit || closed) {
            waiting.decrementAndGet();
            return Optional.empty();
        }
        byJob.compute(
                jobId,
                (_, known) -> {
                    Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
                    all.add(told);
                    return all;
                });
        return Optional.of(new Listener(jobId, told));
    }

    /** A change of this job can be read now. */
    void changed(String jobId) {
        Set<Runnable> all = byJob.get(jobId);
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }

    /** Any job may read differently now, as after a rebalance. */
    void allChanged() {
        byJob.values().forEach(all -> all.forEach(Runnable::run));
    }

    /** How many wait. */
    public int count() {
        return waiting.get();
    }

    /** Whether nobody may wait any more. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        allChanged();
    }
}
