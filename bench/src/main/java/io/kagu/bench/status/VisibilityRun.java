package io.kagu.bench.status;

import io.kagu.bench.core.Latency.Spread;
import io.kagu.bench.core.Samples;
import io.kagu.bench.service.Http;
import io.kagu.bench.status.core.NumberedJobs;
import io.kagu.bench.status.core.Visibility;
import io.kagu.bench.status.core.WarmUp;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets jobs go through their lives at a rate, as a dispatcher tells it, and has some of them
 * watched over HTTP: one asks for a job as soon as its acceptance is stored, which is when ingest
 * answers its producer, and then waits for its response.
 */
final class VisibilityRun {

    /** Of so many jobs one is watched: watching all would measure the watchers. */
    private static final int ONE_OF = 10;

    /** As a dispatcher has it. */
    private static final int LINGER_MILLIS = 5;

    private static final int OK = 200;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FilledStore store;
    private final int rate;
    private final int round;
    private final int measured;
    private int begun;
    private final ConcurrentHashMap<Integer, Long> endSent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> acceptedMicros = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> endedMicros = new ConcurrentLinkedQueue<>();

    VisibilityRun(FilledStore store, StatusBenchConfig config) {
        this.store = store;
        this.rate = config.jobsPerSecond();
        this.round = rate * config.warmUpSeconds();
        this.measured = rate * config.seconds();
    }

    /**
     * Measures, once rounds of the same get no quicker: until every process that takes part has
     * compiled what it does here.
     *
     * @throws IllegalStateException if a job is not seen in time
     */
    Visibility run() throws InterruptedException {
        WarmUp warmUp = new WarmUp();
        while (!warmUp.over()) {
            warmUp.took(seen(round).p99());
        }
        return seen(measured);
    }

    /** How soon so many new jobs are seen; all of them are when it returns. */
    private Visibility seen(int count) throws InterruptedException {
        acceptedMicros.clear();
        endedMicros.clear();
        double seconds = live(begun, count);
        begun += count;
        return new Visibility(
                acceptedMicros.size(),
                (count + lifetime()) / seconds,
                spread(acceptedMicros),
                spread(endedMicros));
    }

    /** Jobs go through their lives; says how long it took to tell of them, in seconds. */
    private double live(int first, int count) throws InterruptedException {
        try (StoreFiller told = new StoreFiller(store.clients(), store.names(), LINGER_MILLIS);
                ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            List<Future<Void>> watched = new ArrayList<>();
            for (int nth = 0; nth < count + lifetime(); nth++) {
                awaitTurn(began, nth);
                if (nth < count) {
                    int job = first + nth;
                    long sent = System.nanoTime();
                    Future<?> stored = begin(told, job);
                    if (nth % ONE_OF == 0) {
                        watched.add(watchers.submit(() -> watch(job, sent, stored)));
                    }
                }
                if (nth >= lifetime()) {
                    end(told, first + nth - lifetime());
                }
            }
            told.flush();
            double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
            for (Future<Void> watch : watched) {
                join(watch);
            }
            return seconds;
        }
    }

    /** A job ends half a second after it began. */
    private int lifetime() {
        return rate / 2;
    }

    private void awaitTurn(long began, int nth) {
        long due = began + TimeUnit.SECONDS.toNanos(nth) / rate;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Done once the broker has the first that is told of the job. */
    private Future<?> begin(StoreFiller told, int nth) {
        NumberedJobs jobs = store.jobs();
        int number = jobs.count() + nth;
        Future<?> stored =
                told.send(JobEvent.of(JobEvent.Type.JOB_ACCEPTED, jobs.accepted(number)));
        Future<?> _ = told.send(JobEvent.of(JobEvent.Type.JOB_QUEUED, jobs.queued(number)));
        Future<?> _ = told.send(JobEvent.of(JobEvent.Type.JOB_STARTED, jobs.running(number)));
        return stored;
    }

    private void end(StoreFiller told, int nth) {
        JobView completed = store.jobs().completed(store.jobs().count() + nth);
        endSent.put(nth, System.nanoTime());
        told.sendResult(completed);
        Future<?> _ = told.send(JobEvent.of(JobEvent.Type.JOB_COMPLETED, completed));
    }

    private Void watch(int nth, long sent, Future<?> stored)
            throws InterruptedException, ExecutionException {
        stored.get();
        String path = "/v1/jobs/" + store.jobs().id(store.jobs().count() + nth);
        long accepted = awaitOk(path);
        long ended = awaitOk(path + "/result?wait=4");
        Long endedAt = endSent.get(nth);
        if (endedAt == null) {
            throw new IllegalStateException("a response came before it was there: " + path);
        }
        acceptedMicros.add((accepted - sent) / NANOS_PER_MICRO);
        endedMicros.add((ended - endedAt) / NANOS_PER_MICRO);
        return null;
    }

    /** When the answer was there; one that was asked before Kafka had the event asks again. */
    private long awaitOk(String path) throws InterruptedException {
        URI address = store.address().resolve(path);
        long limit = System.nanoTime() + LIMIT_NANOS;
        while (System.nanoTime() < limit) {
            if (Http.get(address).map(HttpResponse::statusCode).orElse(0) == OK) {
                return System.nanoTime();
            }
        }
        throw new IllegalStateException("not seen in time: " + path);
    }

    private static void join(Future<Void> watch) throws InterruptedException {
        try {
            watch.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a job was not seen", e);
        }
    }

    private static Spread spread(ConcurrentLinkedQueue<Long> micros) {
        return Spread.of(Samples.of(micros.stream().mapToLong(Long::longValue)));
    }
}
