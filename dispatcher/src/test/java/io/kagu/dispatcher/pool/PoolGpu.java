package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A GPU for tests that serves {@code small}, also known as {@code standard}. */
final class PoolGpu {

    private PoolGpu() {}

    static GpuSpec in(String pool) {
        return new GpuSpec(
                "alpha",
                URI.create("http://127.0.0.1:1"),
                Sidecar.NONE,
                pool,
                "test",
                List.of(new ServedModel("small", List.of("standard"), Optional.empty())),
                1,
                0,
                0,
                30,
                GpuLimits.NONE,
                Optional.empty());
    }
}
