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

    private final ConcurrentHashMap<String, Set<Bell>> byJob = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int limit;

    private volatile boolean closed;

    /**
     * @param limit how many may wait at once
     */
    public JobWaiters(int limit) {
        this.limit = limit;
    }

    /** A place among those who wait; give it back by closing it. */
    public final class Waiter implements AutoCloseable {

        private final String jobId;
        private final Bell bell = new Bell();

        private Waiter(String jobId) {
            this.jobId = jobId;
        }

        /** Rings on every change of the job, and when everybody is sent home. */
        public Bell bell() {
            return bell;
        }

        @Override
        public void close() {
            byJob.computeIfPresent(
                    jobId,
                    (id, bells) -> {
                        bells.remove(bell);
                        return bells.isEmpty() ? null : bells;
                    });
            waiting.decrementAndGet();
        }
    }

    /** A place to wait for a job's changes; empty when all are taken or the service ends. */
    public Optional<Waiter> join(String jobId) {
        if (waiting.incrementAndGet() > limit || closed) {
            waiting.decrementAndGet();
            return Optional.empty();
        }
        Waiter waiter = new Waiter(jobId);
        byJob.compute(
                jobId,
                (id, bells) -> {
                    Set<Bell> all = bells == null ? ConcurrentHashMap.newKeySet() : bells;
                    all.add(waiter.bell());
                    return all;
                });
        return Optional.of(waiter);
    }

    /** A change of this job can be read now. */
    void changed(String jobId) {
        Set<Bell> bells = byJob.get(jobId);
        if (bells != null) {
            bells.forEach(Bell::ring);
        }
    }

    /** Any job may read differently now, as after a rebalance. */
    void allChanged() {
        byJob.values().forEach(bells -> bells.forEach(Bell::ring));
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
