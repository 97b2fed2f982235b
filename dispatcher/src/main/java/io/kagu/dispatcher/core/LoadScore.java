package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics;

import java.util.OptionalDouble;

/**
 * How loaded a GPU is, for comparison with others that have a free slot; lower is better. Own
 * leases count first, because they are exact and now; what the sidecar said refines them.
 */
final class LoadScore {

    private static final double UTILISATION = 0.6;
    private static final double MEMORY = 0.3;
    private static final double HEAT = 0.1;
    private static final double COOL_BELOW = 60;
    private static final double WHOLE = 100;
    private static final double FILL = 0.25;
    private static final double VERSATILE = 0.05;
    private static final double SIDECAR = 0.2;

    private LoadScore() {}

    /**
     * The score: how slow the GPU is among those that could take the call, times how full it gets;
     * a share for its sidecar's numbers; and a little for the other models it serves, whose jobs it
     * might be needed for.
     *
     * @param slowness mean duration of such calls on it, as a multiple of the fastest GPU's
     * @param now epoch milliseconds
     */
    static double of(Gpu gpu, double slowness, long now) {
        double filled = (gpu.leased() + 1.0) / gpu.slots();
        double own = slowness * (1 - FILL + FILL * filled);
        double versatile = VERSATILE * (1 - 1.0 / gpu.models());
        double told =
                gpu.reading()
                        .filter(_ -> gpu.knowledge(now).told())
                        .map(reading -> engine(reading.metrics(), gpu.slots()))
                        .orElse(0.0);
        return own + versatile + SIDECAR * told;
    }

    /** The most loaded of card, cache and queue, 0 to 1. */
    private static double engine(GpuMetrics metrics, int slots) {
        double queue = metrics.requestsWaiting().orElse(0) / (double) slots;
        double cache = metrics.kvCacheUsage().orElse(0);
        return Math.clamp(Math.max(card(metrics).orElse(0), Math.max(queue, cache)), 0, 1);
    }

    /**
     * The card's load, 0 to 1: 0.6 utilisation, 0.3 memory, 0.1 for each degree above 60; of what
     * is known, by its weight.
     */
    private static OptionalDouble card(GpuMetrics metrics) {
        OptionalDouble memory = memoryPct(metrics);
        double weight =
                (metrics.gpuUtilPct().isPresent() ? UTILISATION : 0)
                        + (memory.isPresent() ? MEMORY : 0);
        if (weight == 0) {
            return OptionalDouble.empty();
        }
        double load = UTILISATION * metrics.gpuUtilPct().orElse(0) + MEMORY * memory.orElse(0);
        double heat = HEAT * Math.max(0, metrics.tempC().orElse(0) - COOL_BELOW);
        return OptionalDouble.of((load * (UTILISATION + MEMORY) / weight + heat) / WHOLE);
    }

    private static OptionalDouble memoryPct(GpuMetrics metrics) {
        long total = metrics.vramTotalMb().orElse(0);
        return metrics.vramUsedMb().isEmpty() || total == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(WHOLE * metrics.vramUsedMb().getAsLong() / total);
    }
}
