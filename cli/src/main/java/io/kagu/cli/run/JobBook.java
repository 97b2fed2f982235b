package io.kagu.cli.run;

import io.kagu.cli.core.PlannedJob;
import io.kagu.cli.core.PollOrder;
import io.kagu.cli.core.SubmittedJob;
import io.kagu.common.job.Priority;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where each job of a run is: to be submitted, with the server, or ended. Hands work to the threads
 * that submit and poll, and lets them go when all is done or the run is stopped.
 */
final class JobBook {

    private static final int STEP_BACK = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition submittable = lock.newCondition();
    private final Condition pollable = lock.newCondition();
    private final Condition finished = lock.newCondition();

    private final Map<Priority, Deque<PlannedJob>> toSubmit = new TreeMap<>();
    private final PollOrder order = new PollOrder(STEP_BACK);
    private final Map<Integer, SubmittedJob> live = new HashMap<>();
    private int left;
    private boolean stopped;

    JobBook(Collection<PlannedJob> jobs) {
        jobs.forEach(job -> lane(job.line().priority()).add(job));
        left = jobs.size();
    }

    private Deque<PlannedJob> lane(Priority lane) {
        return toSubmit.computeIfAbsent(lane, _ -> new ArrayDeque<>());
    }

    /** The next job of a lane to be submitted; empty once there will be none. */
    Optional<PlannedJob> nextToSubmit(Priority lane) throws InterruptedException {
        lock.lock();
        try {
            while (!over() && lane(lane).isEmpty()) {
                submittable.await();
            }
            return over() ? Optional.empty() : Optional.of(lane(lane).remove());
        } finally {
            lock.unlock();
        }
    }

    /** A job that was handed out was not submitted after all, because the run was stopped. */
    void notSubmitted(PlannedJob job) {
        change(() -> lane(job.line().priority()).addFirst(job));
    }

    /** The server took a job. */
    void submitted(SubmittedJob job) {
        change(() -> {
            live.put(job.line().number(), job);
            order.add(job);
            pollable.signal();
        });
    }

    /** The next job whose result is to be asked for; empty once there will be none. */
    Optional<SubmittedJob> nextToPoll() throws InterruptedException {
        lock.lock();
        try {
            Optional<SubmittedJob> next = over() ? Optional.empty() : order.next();
            while (!over() && next.isEmpty()) {
                pollable.await();
                next = over() ? Optional.empty() : order.next();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** A job has not ended yet. */
    void stillPending(SubmittedJob job) {
        change(() -> {
            order.again(job);
            pollable.signal();
        });
    }

    /** A job is over and its line is submitted anew. */
    void submitAgain(SubmittedJob job, PlannedJob instead) {
        change(() -> {
            order.done(job);
            live.remove(job.line().number());
            lane(instead.line().priority()).addFirst(instead);
            submittable.signalAll();
        });
    }

    /** A line ended without a job. */
    void endedUnsubmitted() {
        change(() -> left--);
    }

    /** A job, and with it its line, ended. */
    void ended(SubmittedJob job) {
        change(() -> {
            order.done(job);
            live.remove(job.line().number());
            left--;
        });
    }

    /** Lets all threads go. */
    void stop() {
        change(() -> stopped = true);
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            if (over()) {
                submittable.signalAll();
                pollable.signalAll();
                finished.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything ended or the run was stopped, for so long at most. */
    boolean awaitOver(long millis) throws InterruptedException {
        lock.lock();
        try {
            long rest = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!over() && rest > 0) {
                rest = finished.awaitNanos(rest);
            }
            return over();
        } finally {
            lock.unlock();
        }
    }

    private boolean over() {
        return stopped || left == 0;
    }

    /** The jobs that the server has and that did not end. */
    List<SubmittedJob> live() {
        lock.lock();
        try {
            return List.copyOf(live.values());
        } finally {
            lock.unlock();
        }
    }

    /** The jobs that were not submitted. */
    List<PlannedJob> unsubmitted() {
        lock.lock();
        try {
            return toSubmit.values().stream().flatMap(Deque::stream).toList();
        } finally {
            lock.unlock();
        }
    }
}
