package io.kagu.bench.core;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * When each job of one batch was submitted, called and completed, in microseconds of one wall
 * clock. Jobs are numbered from 0; an id is the batch's tag and the number. Safe for many threads.
 */
public final class Timeline {

    private static final char SEPARATOR = '.';

    private final String tag;
    private final AtomicLongArray submitted;
    private final AtomicLongArray called;
    private final AtomicLongArray completed;
    private final AtomicIntegerArray calls;

    /**
     * @param tag told apart from those of all other batches
     */
    public Timeline(String tag, int jobs) {
        this.tag = tag;
        this.submitted = new AtomicLongArray(jobs);
        this.called = new AtomicLongArray(jobs);
        this.completed = new AtomicLongArray(jobs);
        this.calls = new AtomicIntegerArray(jobs);
    }

    public String tag() {
        return tag;
    }

    public int jobs() {
        return submitted.length();
    }

    /** The id of a job. */
    public String id(int job) {
        return tag + SEPARATOR + job;
    }

    /** The job with this id; empty if it is of another batch. */
    public OptionalInt job(String id) {
        int cut = id.lastIndexOf(SEPARATOR);
        return cut == tag.length() && id.startsWith(tag)
                ? OptionalInt.of(Integer.parseInt(id, cut + 1, id.length(), 10))
                : OptionalInt.empty();
    }

    public void submitted(int job, long micros) {
        submitted.set(job, micros);
    }

    /** Notes a call; the first one counts. */
    public void called(int job, long micros) {
        if (calls.getAndIncrement(job) == 0) {
            called.set(job, micros);
        }
    }

    /** Notes a result; true if it is the job's first. */
    public boolean completed(int job, long micros) {
        return completed.compareAndSet(job, 0, micros);
    }

    /** Jobs that were called exactly once. */
    public int calledOnce() {
        return (int) all().filter(job -> calls.get(job) == 1).count();
    }

    /** From the first call to the last result. */
    public double seconds() {
        final double microsPerSecond = 1e6;
        long first = all().mapToLong(called::get).min().orElseThrow();
        long last = all().mapToLong(completed::get).max().orElseThrow();
        return (last - first) / microsPerSecond;
    }

    /** What jobs waited; every job must be through. */
    public Latency latency() {
        return new Latency(
                Latency.Spread.of(sinceSubmit(called)), Latency.Spread.of(sinceSubmit(completed)));
    }

    private Samples sinceSubmit(AtomicLongArray times) {
        return Samples.of(all().mapToLong(job -> times.get(job) - submitted.get(job)));
    }

    private IntStream all() {
        return IntStream.range(0, jobs());
    }
}
