package io.kagu.bench.routing;

import io.kagu.common.gpu.GpuMetrics;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a sidecar tells of its GPU, in whole numbers.
 *
 * @param utilPercent share of its slots in use: kinder than real ones, which say 100 from the first
 *     call on
 * @param vramPercent memory in use
 * @param celsius temperature
 */
record SidecarNumbers(int utilPercent, int vramPercent, int celsius) {

    private static final double UTIL_WEIGHT = 0.6;
    private static final double VRAM_WEIGHT = 0.3;
    private static final double HEAT_WEIGHT = 0.1;
    private static final int COOL = 60;

    /** Load as the numbers alone tell it; lower is better. */
    double score() {
        return UTIL_WEIGHT * utilPercent
                + VRAM_WEIGHT * vramPercent
                + HEAT_WEIGHT * Math.max(0, celsius - COOL);
    }

    /** As a scraper would publish them, in percent of a card of 100 MiB. */
    GpuMetrics metrics(FleetGpu gpu, long epochMillis) {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                gpu.name(),
                Instant.ofEpochMilli(epochMillis),
                GpuMetrics.Health.OK,
                Optional.empty(),
                OptionalDouble.of(utilPercent),
                OptionalLong.of(vramPercent),
                OptionalLong.of(100),
                OptionalDouble.of(celsius),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }
}
