package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.gpu.Drain;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A GPU as {@code GET /v1/gpus} tells it. What is unknown is absent, never 0.
 *
 * @param spec its entry in the registry
 * @param usable whether a call may be sent to it as soon as a slot is free
 * @param reason why it is not usable, or what should be known although it is
 * @param metrics what its sidecar said; absent for a GPU that has none
 * @param owner incarnation of the dispatcher that owns its pool
 * @param running leases held on it
 * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
 * @param openUntil when an open breaker lets a probe through
 * @param limitedUntil when its limits let the next call begin
 * @param loadScore see {@link LoadScore}
 * @param drained whether it takes no calls and none runs on it
 * @param leftOut why its last row in the registry's topic is not in force
 */
public record GpuReport(
        GpuSpec spec,
        boolean usable,
        Optional<Usability> reason,
        Optional<SidecarReport> metrics,
        Optional<String> owner,
        Optional<Instant> ownerAsOf,
        OptionalInt running,
        Optional<String> breaker,
        Optional<Instant> openUntil,
        Optional<Instant> limitedUntil,
        @JsonProperty("load_score") OptionalDouble loadScore,
        boolean drained,
        List<String> leftOut) {

    public GpuReport {
        leftOut = List.copyOf(leftOut);
    }

    /** The report of what is known at a time. */
    public static GpuReport of(KnownGpu gpu, Instant now) {
        Optional<QueueSnapshot> heard = gpu.queue().filter(queue -> !queue.stale());
        Optional<GpuStatus> said = heard.flatMap(queue -> status(queue, gpu.spec().name()));
        Optional<SidecarReport> sidecar = SidecarReport.of(gpu, now);
        Optional<Usability> reason = Usability.of(gpu, said, sidecar, now);
        return new GpuReport(
                gpu.spec(),
                reason.isEmpty() || reason.get().usable(),
                reason,
                sidecar,
                heard.map(queue -> queue.status().owner()),
                heard.map(queue -> queue.status().time()),
                said.map(it -> OptionalInt.of(it.running())).orElse(OptionalInt.empty()),
                said.map(GpuStatus::breaker),
                said.flatMap(GpuStatus::openUntil),
                said.flatMap(GpuStatus::limitedUntil),
                sidecar.map(SidecarReport::loadScore).orElse(OptionalDouble.empty()),
                Drain.of(gpu.spec(), gpu.since(), gpu.queue().map(QueueSnapshot::status), now)
                        .done(),
                gpu.leftOut());
    }

    private static Optional<GpuStatus> status(QueueSnapshot queue, String gpu) {
        return queue.status().gpus().stream().filter(it -> it.name().equals(gpu)).findFirst();
    }
}
