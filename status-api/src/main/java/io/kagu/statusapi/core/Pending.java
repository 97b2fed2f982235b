package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Pause;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What somebody is told who asks for a response that is not there yet, in the words that queue
 * clients know.
 *
 * @param status the queue's own word: waiting, processing or retrying
 * @param queueState {@code active}, or {@code paused_capacity} while nothing serves the pool or the
 *     job is paused
 * @param retryAfterSeconds when to ask again, 1 to 60
 */
public record Pending(
        String requestId,
        String type,
        String status,
        String queueState,
        String queueStateReason,
        OptionalLong queuePosition,
        OptionalLong queueDepth,
        @JsonProperty("estimated_wait_s") OptionalDouble estimatedWaitSeconds,
        @JsonProperty("retry_after_s") int retryAfterSeconds) {

    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_PAUSE = 60;
    private static final double MILLIS = 1000.0;

    /** The words on a job that waits, runs or whose response is on its way. */
    public static Pending of(JobView job, Optional<QueueSnapshot> queue, Instant now) {
        Optional<QueuePlace> place = queue.flatMap(known -> known.place(job));
        OptionalDouble wait = place.map(QueuePlace::waitSeconds).orElse(OptionalDouble.empty());
        return new Pending(
                job.id(),
                "pending",
                word(job),
                served(queue) && !paused(job, queue) ? "active" : "paused_capacity",
                reason(job, queue, place),
                optional(place.map(QueuePlace::position)),
                optional(place.map(QueuePlace::depth)),
                wait,
                pause(Math.max(wait.orElse(0), secondsUntilDue(job, now))));
    }

    /** The same words with another estimate of the wait; when to ask again follows it. */
    public Pending withWait(double seconds) {
        return new Pending(
                requestId,
                type,
                status,
                queueState,
                queueStateReason,
                queuePosition,
                queueDepth,
                OptionalDouble.of(seconds),
                Math.max(retryAfterSeconds, pause(seconds)));
    }

    private static boolean served(Optional<QueueSnapshot> queue) {
        return queue.isPresent() && !queue.get().stale() && queue.get().status().slots() > 0;
    }

    private static boolean paused(JobView job, Optional<QueueSnapshot> queue) {
        return queue.flatMap(known -> known.pause(job)).isPresent();
    }

    private static String word(JobView job) {
        return switch (job.state()) {
            case QUEUED -> "waiting";
            case RETRYING -> "retrying";
            case RUNNING, COMPLETED, DEAD, CANCELLED, EXPIRED -> "processing";
        };
    }

    private static String reason(
            JobView job, Optional<QueueSnapshot> queue, Optional<QueuePlace> place) {
        return switch (job.state()) {
            case QUEUED -> waitingReason(job, queue, place);
            case RETRYING ->
                    "an attempt failed and is tried again: "
                            + job.reason().map(Reason::message).orElse("no reason given");
            case RUNNING ->
                    job.cancelRequested()
                            ? "running, and asked to stop"
                            : "running on " + job.gpu().orElse("a GPU");
            case COMPLETED, DEAD, CANCELLED, EXPIRED -> "ended; the response is on its way";
        };
    }

    private static String waitingReason(
            JobView job, Optional<QueueSnapshot> queue, Optional<QueuePlace> place) {
        if (queue.isEmpty() || queue.get().stale()) {
            return "nothing is heard from a dispatcher of pool " + job.pool();
        }
        String paused = queue.get().pause(job).map(Pending::paused).orElse("");
        var status = queue.get().status();
        return paused
                + (status.slots() == 0
                        ? "pool " + job.pool() + " has no usable GPU"
                        : "%d ahead, %d of %d slots busy"
                                        .formatted(
                                                place.map(QueuePlace::position).orElse(0L),
                                                status.running(),
                                                status.slots())
                                + GpuTroubles.of(status));
    }

    private static String paused(Pause pause) {
        return "paused"
                + pause.until().map(until -> " until " + until).orElse("")
                + pause.reason().map(reason -> " (" + reason + ")").orElse("")
                + "; ";
    }

    private static double secondsUntilDue(JobView job, Instant now) {
        return job.dueAt().map(due -> Duration.between(now, due).toMillis() / MILLIS).orElse(0.0);
    }

    private static int pause(double seconds) {
        return Math.clamp((long) Math.ceil(seconds), SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    private static OptionalLong optional(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
