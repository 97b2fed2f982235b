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

    /** A GPU that is drained, whose model {@code tiny} may stand in for. */
    static GpuSpec drainedWithFallback(String pool) {
        ServedModel small =
                new ServedModel("small", List.of("standard"), Optional.empty(), List.of("tiny"));
        return serving("alpha", pool, small).draining(true);
    }

    /** A GPU that serves {@code tiny}. */
    static GpuSpec ofTiny(String pool) {
        return serving("beta", pool, ServedModel.of("tiny"));
    }

    static GpuSpec in(String pool) {
        ServedModel small = new ServedModel("small", List.of("standard"), Optional.empty());
        return serving("alpha", pool, small);
    }

    private static GpuSpec serving(String name, String pool, ServedModel model) {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:1"),
                Sidecar.NONE,
                pool,
                "test",
                List.of(model),
                1,
                0,
                0,
                30,
                GpuLimits.NONE,
                Optional.empty());
    }
}
