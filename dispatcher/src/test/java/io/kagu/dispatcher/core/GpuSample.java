package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** GPUs for tests: one slot, model {@code a}, calls of at most 30 seconds. */
record GpuSample(String name, int slots, int order, List<String> models) {

    static final int CALL_TIMEOUT_SECONDS = 30;

    static GpuSample named(String name) {
        return new GpuSample(name, 1, 0, List.of("a"));
    }

    GpuSample slots(int count) {
        return new GpuSample(name, count, order, models);
    }

    GpuSample order(int place) {
        return new GpuSample(name, slots, place, models);
    }

    GpuSample serving(String... names) {
        return new GpuSample(name, slots, order, List.of(names));
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
                Optional.empty());
    }
}
