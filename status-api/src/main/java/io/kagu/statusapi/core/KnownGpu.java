package io.kagu.statusapi.core;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuSpec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What topics tell of one GPU.
 *
 * @param since when its entry was written last
 * @param metrics what was scraped last
 * @param queue what its pool's owner said last; empty for a pool that never had one
 * @param leftOut why its last row in the registry's topic is not in force
 */
public record KnownGpu(
        GpuSpec spec,
        Instant since,
        Optional<GpuMetrics> metrics,
        Optional<QueueSnapshot> queue,
        List<String> leftOut) {

    public KnownGpu {
        leftOut = List.copyOf(leftOut);
    }
}
