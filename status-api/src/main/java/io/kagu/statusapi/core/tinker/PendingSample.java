package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.QueueSnapshot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a client is told of a sample that is not there yet: the queue's own words, and all fields
 * always, null where something is not known.
 *
 * @param estimatedWaitSeconds until a call was measured, by a first average of a minute
 * @param queueState {@code active}, {@code paused_capacity} or {@code paused_rate_limit}
 * @param progress always null: GPU servers do not tell
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PendingSample(
        String requestId,
        String type,
        String status,
        String queueState,
        String queueStateReason,
        OptionalLong queuePosition,
        OptionalLong queueDepth,
        @JsonProperty("estimated_wait_s") OptionalDouble estimatedWaitSeconds,
        OptionalDouble progress,
        @JsonProperty("retry_after_s") int retryAfterSeconds) {

    private static final String ACTIVE = "active";
    private static final String LIMITED = "limited";
    private static final double FIRST_CALL_SECONDS = 60;

    /** The words on a job. */
    public static PendingSample of(Pending pending, JobView job, Optional<QueueSnapshot> queue) {
        boolean limited = pending.queueState().equals(ACTIVE) && isHeldByLimits(job, queue);
        return new PendingSample(
                pending.requestId(),
                pending.type(),
                pending.status(),
                limited ? "paused_rate_limit" : pending.queueState(),
                pending.queueStateReason(),
                pending.queuePosition(),
                pending.queueDepth(),
                pending.estimatedWaitSeconds(),
                OptionalDouble.empty(),
                pending.retryAfterSeconds());
    }

    /**
     * The same words with a wait where only a measured call is missing for one: such clients want a
     * number.
     */
    public static Pending withFirstEstimate(
            Pending pending, JobView job, Optional<QueueSnapshot> queue) {
        boolean unmeasured =
                pending.estimatedWaitSeconds().isEmpty()
                        && pending.queuePosition().isPresent()
                        && queue.filter(known -> !known.stale() && known.status().slots() > 0)
                                .filter(known -> known.pause(job).isEmpty())
                                .isPresent();
        if (!unmeasured) {
            return pending;
        }
        int slots = queue.orElseThrow().status().slots();
        return pending.withWait(pending.queuePosition().getAsLong() * FIRST_CALL_SECONDS / slots);
    }

    /** Whether a waiting job would run were it not for the limits of GPUs. */
    private static boolean isHeldByLimits(JobView job, Optional<QueueSnapshot> queue) {
        List<GpuStatus> gpus = queue.map(known -> known.status().gpus()).orElse(List.of());
        return job.state() == JobStatus.QUEUED
                && gpus.stream().anyMatch(gpu -> gpu.hindrance().equals(Optional.of(LIMITED)))
                && gpus.stream().noneMatch(PendingSample::works);
    }

    private static boolean works(GpuStatus gpu) {
        return gpu.hindrance().isEmpty() || gpu.hindrance().equals(Optional.of("full"));
    }
}
