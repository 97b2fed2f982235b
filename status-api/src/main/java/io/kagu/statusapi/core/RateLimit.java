package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often a GPU may be called, and whether that holds it now.
 *
 * @param limitedUntil when the next call of usual size may begin; empty if it may now
 */
public record RateLimit(
        String gpu, String pool, @JsonUnwrapped GpuLimits limits, Optional<Instant> limitedUntil) {

    /** Those of all GPUs that have any, by what their pools' owners last said. */
    public static List<RateLimit> of(List<GpuSpec> gpus, List<QueueStatus> pools) {
        return gpus.stream()
                .filter(gpu -> !gpu.limits().equals(GpuLimits.NONE))
                .map(gpu ->
                        new RateLimit(
                                gpu.name(), gpu.pool(), gpu.limits(), limitedUntil(gpu, pools)))
                .toList();
    }

    private static Optional<Instant> limitedUntil(GpuSpec gpu, List<QueueStatus> pools) {
        return pools.stream()
                .filter(pool -> pool.pool().equals(gpu.pool()))
                .flatMap(pool -> pool.gpus().stream())
                .filter(told -> told.name().equals(gpu.name()))
                .map(GpuStatus::limitedUntil)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
