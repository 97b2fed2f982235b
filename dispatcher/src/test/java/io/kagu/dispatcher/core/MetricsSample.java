package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What sidecars say in tests. */
record MetricsSample(String gpu, Health health, double utilPct, int waiting, long time) {

    /** An idle card. */
    static MetricsSample of(String gpu) {
        return new MetricsSample(gpu, Health.OK, 0, 0, PoolRig.START);
    }

    MetricsSample busy(double percent) {
        return new MetricsSample(gpu, health, percent, waiting, time);
    }

    MetricsSample waiting(int requests) {
        return new MetricsSample(gpu, health, utilPct, requests, time);
    }

    MetricsSample saying(Health other) {
        return new MetricsSample(gpu, other, utilPct, waiting, time);
    }

    MetricsSample at(long millis) {
        return new MetricsSample(gpu, health, utilPct, waiting, millis);
    }

    GpuMetrics metrics() {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                gpu,
                Instant.ofEpochMilli(time),
                health,
                Optional.empty(),
                OptionalDouble.of(utilPct),
                OptionalLong.of(1_000),
                OptionalLong.of(10_000),
                OptionalDouble.of(50),
                OptionalInt.empty(),
                OptionalInt.of(waiting),
                OptionalDouble.empty());
    }
}
