package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** GPUs for tests: one slot, model {@code a}, calls of at most 30 seconds. */
record GpuSample(String name, int slots, int order, List<String> models, GpuLimits limits) {

    static final int CALL_TIMEOUT_SECONDS = 30;

    static GpuSample named(String name) {
        return new GpuSample(name, 1, 0, List.of("a"), GpuLimits.NONE);
    }

    GpuSample slots(int count) {
        return new GpuSample(name, count, order, models, limits);
    }

    GpuSample order(int place) {
        return new GpuSample(name, slots, place, models, limits);
    }

    GpuSample serving(String... names) {
        return new GpuSample(name, slots, order, List.of(names), limits);
    }

    GpuSample requestsPerMinute(int most) {
        GpuLimits changed = new GpuLimits(OptionalInt.of(most), limits.minPauseMs());
        return new GpuSample(name, slots, order, models, changed);
    }

    GpuSample minPauseMs(int millis) {
        GpuLimits changed = new GpuLimits(limits.requestsPerMinute(), OptionalInt.of(millis));
        return new GpuSample(name, slots, order, models, changed);
    }

    GpuSpec spec() {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:1"),
                Sidecar.NONE,
                PoolRig.POOL,
                "test",
                models.stream().map(ServedModel::of).toList(),
                slots,
                0,
                order,
                CALL_TIMEOUT_SECONDS,
                limits,
                Optional.empty());
    }
}
