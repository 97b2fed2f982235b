package io.kagu.bench.status.core;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Choice;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The jobs of a store, numbered in the order of their submission: of each hundred ten wait, one has
 * died, one was cancelled, and the others have completed.
 *
 * @param count how many there are
 * @param last when the last one was submitted
 */
public record NumberedJobs(int count, Instant last) {

    /** The pool of all. */
    public static final String POOL = "bench";

    private static final int CYCLE = 100;
    private static final int WAITING = 10;
    private static final List<String> MODELS = List.of("small", "medium", "large", "coder");
    private static final int TENANTS = 20;
    private static final int GPUS = 16;
    private static final int LOW_BITS = 0xffff;
    private static final int LOW_BIT_COUNT = 16;
    private static final long CALL_MILLIS = 1_700;
    private static final long TOKENS = 812;
    private static final Choice CHOICE =
            new Choice(
                    "lowest_load",
                    Optional.empty(),
                    0.375,
                    List.of(
                            new Choice.PassedOver(
                                    "gpu-17", "higher_load", OptionalDouble.of(0.625))),
                    new TreeMap<>(Map.of("full", 3)));

    /** The model that the filter of lists asks for. */
    public static String filteredModel() {
        return MODELS.getFirst();
    }

    /** The id of a job: like those that ingest gives, it grows with time. */
    public String id(int number) {
        int low = number & LOW_BITS;
        return String.format(
                Locale.ROOT,
                "0190%04x-%04x-7000-8000-%012x",
                number >>> LOW_BIT_COUNT,
                low,
                number);
    }

    /** A millisecond after the one before. */
    public Instant submittedAt(int number) {
        return last.minusMillis(count - 1L - number);
    }

    /** The state of a job. */
    public JobStatus state(int number) {
        int place = number % CYCLE;
        if (place < WAITING) {
            return JobStatus.QUEUED;
        }
        return switch (place) {
            case WAITING -> JobStatus.DEAD;
            case WAITING + 1 -> JobStatus.CANCELLED;
            default -> JobStatus.COMPLETED;
        };
    }

    /** How many wait; all of them if there are only few. */
    public int waiting() {
        return count / CYCLE * WAITING + Math.min(count % CYCLE, WAITING);
    }

    /** The number of the n-th waiting job. */
    public int waiting(int nth) {
        return nth / WAITING * CYCLE + nth % WAITING;
    }

    /** The event that a dispatcher wrote last of a job. */
    public JobEvent lastEvent(int number) {
        return switch (state(number)) {
            case QUEUED -> JobEvent.of(JobEvent.Type.JOB_QUEUED, queued(number));
            case COMPLETED -> JobEvent.of(JobEvent.Type.JOB_COMPLETED, completed(number));
            case DEAD ->
                    JobEvent.of(
                            JobEvent.Type.JOB_DEAD,
                            ended(number, JobStatus.DEAD, "rejected", "400: no such adapter"));
            default ->
                    JobEvent.of(
                            JobEvent.Type.JOB_CANCELLED,
                            ended(number, JobStatus.CANCELLED, "cancelled", "asked by its owner"));
        };
    }

    /** A job as ingest tells of it. */
    public JobView accepted(int number) {
        return JobView.accepted(
                Job.of(id(number), model(number), priority(number), submittedAt(number)), POOL);
    }

    /** A job that waits. */
    public JobView queued(int number) {
        return view(number, JobStatus.QUEUED, 1, Optional.empty());
    }

    /** A job that runs. */
    public JobView running(int number) {
        return view(number, JobStatus.RUNNING, 2, Optional.empty());
    }

    /** A job that has completed. */
    public JobView completed(int number) {
        return view(number, JobStatus.COMPLETED, 3, Optional.empty());
    }

    private JobView ended(int number, JobStatus state, String code, String message) {
        return view(number, state, 3, Optional.of(new Reason(code, message)));
    }

    private JobView view(int number, JobStatus state, int version, Optional<Reason> reason) {
        boolean started = version > 1;
        boolean done = state.terminal();
        Instant submitted = submittedAt(number);
        Instant startedAt = submitted.plusMillis(2);
        Instant endedAt = startedAt.plusMillis(CALL_MILLIS);
        return new JobView(
                id(number),
                POOL,
                model(number),
                priority(number),
                "tenant-" + number % TENANTS,
                state,
                version,
                1,
                OptionalLong.of(number),
                submitted,
                Optional.of(submitted.plusMillis(1)),
                when(started, startedAt),
                when(done, endedAt),
                Optional.empty(),
                Optional.empty(),
                done ? endedAt : submitted.plusMillis(version),
                started ? 1 : 0,
                started
                        ? List.of(attempt(number, startedAt, when(done, endedAt), state))
                        : List.of(),
                when(started, gpu(number)),
                reason,
                false,
                state == JobStatus.COMPLETED ? OptionalInt.of(200) : OptionalInt.empty());
    }

    private static AttemptView attempt(
            int number, Instant startedAt, Optional<Instant> endedAt, JobStatus state) {
        boolean done = state == JobStatus.COMPLETED;
        return new AttemptView(
                1,
                gpu(number),
                "dispatcher-1-0190f5a0",
                startedAt,
                endedAt,
                endedAt.map(_ -> done ? "completed" : "rejected"),
                Optional.empty(),
                Optional.of(CHOICE),
                done ? OptionalLong.of(TOKENS) : OptionalLong.empty());
    }

    /** The GPU that a job ran on. */
    public static String gpu(int number) {
        return "gpu-" + number % GPUS;
    }

    private static String model(int number) {
        return MODELS.get(number % MODELS.size());
    }

    private static Priority priority(int number) {
        Priority[] all = Priority.values();
        return all[number % all.length];
    }

    private static <T> Optional<T> when(boolean condition, T value) {
        return condition ? Optional.of(value) : Optional.empty();
    }
}
