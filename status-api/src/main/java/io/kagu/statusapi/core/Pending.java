package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Pause;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What somebody is told who asks for a response that is not there yet, in the words that queue
 * clients know.
 *
 * @param status the queue's own word: waiting, processing or retrying
 * @param queueState {@code active}; {@code paused_capacity} while nothing serves the pool or the
 *     job is paused; {@code paused_rate_limit} while only the limits of GPUs hold it
 * @param estimatedWaitSeconds in half of the cases no longer than this
 * @param estimatedWaitP90Seconds in nine of ten cases no longer than this
 * @param reasons why it waits, as the pool's owner says
 * @param exact whether place and wait are the owner's word
 * @param inexactBecause why they are not
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
        @JsonProperty("estimated_wait_p90_s") OptionalDouble estimatedWaitP90Seconds,
        List<WaitReason> reasons,
        boolean exact,
        Optional<Inexact> inexactBecause,
        @JsonProperty("retry_after_s") int retryAfterSeconds) {

    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_PAUSE = 60;
    private static final double MILLIS = 1000.0;

    public Pending {
        reasons = List.copyOf(reasons);
    }

    /** The words on a job that waits, runs or whose response is on its way. */
    public static Pending of(
            JobView job, JobStanding standing, Optional<QueueSnapshot> queue, Instant now) {
        OptionalDouble wait = seconds(standing.estimatedWait().map(WaitEstimate::p50Seconds));
        return new Pending(
                job.id(),
                "pending",
                word(job),
                state(job, standing, queue),
                reason(job, standing, queue),
                standing.position(),
                standing.depth(),
                wait,
                seconds(standing.estimatedWait().map(WaitEstimate::p90Seconds)),
                standing.reasons(),
                standing.exact(),
                standing.inexact(),
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
                estimatedWaitP90Seconds,
                reasons,
                exact,
                inexactBecause,
                Math.max(retryAfterSeconds, pause(seconds)));
    }

    private static String state(JobView job, JobStanding standing, Optional<QueueSnapshot> queue) {
        if (!served(queue) || paused(job, queue)) {
            return "paused_capacity";
        }
        return isLimited(standing.reasons()) ? "paused_rate_limit" : "active";
    }

    /** Whether limits hold every GPU that could take it: none is only full. */
    private static boolean isLimited(List<WaitReason> reasons) {
        return reasons.stream().anyMatch(reason -> reason.code().equals("limited"))
                && reasons.stream().noneMatch(reason -> reason.code().equals("full"));
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

    /** Why the job is not done, for people. */
    static String reason(JobView job, JobStanding standing, Optional<QueueSnapshot> queue) {
        return switch (job.state()) {
            case QUEUED ->
                    standing.reasons().isEmpty()
                            ? waitingReason(job, standing, queue)
                            : standing.reasons().stream()
                                    .map(Pending::text)
                                    .collect(Collectors.joining("; "));
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
            JobView job, JobStanding standing, Optional<QueueSnapshot> queue) {
        if (queue.isEmpty() || queue.get().stale()) {
            return "nothing is heard from a dispatcher of pool " + job.pool();
        }
        String paused = queue.get().pause(job).map(Pending::paused).orElse("");
        var status = queue.get().status();
        return paused
                + (status.slots() == 0
                        ? "pool " + job.pool() + " has no usable GPU"
                        : standing.position().orElse(0)
                                + " ahead, "
                                + status.running()
                                + " of "
                                + status.slots()
                                + " slots busy"
                                + GpuTroubles.of(status));
    }

    private static String text(WaitReason reason) {
        String count = reason.count().isPresent() ? " (" + reason.count().getAsInt() + ")" : "";
        return reason.message() + count + reason.until().map(until -> " until " + until).orElse("");
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

    private static OptionalDouble seconds(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
