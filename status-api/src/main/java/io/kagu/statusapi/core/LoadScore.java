package io.kagu.statusapi.core;

import io.kagu.common.gpu.GpuMetrics;

import java.util.OptionalDouble;

/**
 * How loaded a card is: 0.6 · utilisation + 0.3 · share of memory in use + 0.1 · degrees above 60
 * °C, with both shares in percent. The rule of the systems that Kagu replaces.
 */
final class LoadScore {

    private static final double UTIL_WEIGHT = 0.6;
    private static final double VRAM_WEIGHT = 0.3;
    private static final double HEAT_WEIGHT = 0.1;
    private static final double COOL = 60;
    private static final double WHOLE = 100;
    private static final double PRECISION = 1000;

    private LoadScore() {}

    /** The score; empty where one of its numbers is unknown. */
    static OptionalDouble of(GpuMetrics metrics) {
        OptionalDouble vram = vramPct(metrics);
        if (metrics.gpuUtilPct().isEmpty() || vram.isEmpty() || metrics.tempC().isEmpty()) {
            return OptionalDouble.empty();
        }
        return rounded(
                UTIL_WEIGHT * metrics.gpuUtilPct().getAsDouble()
                        + VRAM_WEIGHT * vram.getAsDouble()
                        + HEAT_WEIGHT * Math.max(0, metrics.tempC().getAsDouble() - COOL));
    }

    /** Share of its memory in use, percent; empty where unknown. */
    static OptionalDouble vramPct(GpuMetrics metrics) {
        if (metrics.vramUsedMb().isEmpty() || metrics.vramTotalMb().orElse(0) <= 0) {
            return OptionalDouble.empty();
        }
        return rounded(
                WHOLE * metrics.vramUsedMb().getAsLong() / metrics.vramTotalMb().getAsLong());
    }

    private static OptionalDouble rounded(double value) {
        return OptionalDouble.of(Math.round(value * PRECISION) / PRECISION);
    }
}
