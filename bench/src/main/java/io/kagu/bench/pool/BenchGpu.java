package io.kagu.bench.pool;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A GPU that a benchmark registers: nobody will call it.
 *
 * @param observed whether it has a sidecar
 */
public record BenchGpu(String name, int slots, List<String> models, boolean observed) {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final Sidecar SIDECAR = new Sidecar(Sidecar.Kind.JSON, Optional.of(NOWHERE));
    private static final int CALL_TIMEOUT_SECONDS = 3_600;

    public BenchGpu {
        models = List.copyOf(models);
    }

    /** As an operator would register it. */
    public GpuSpec spec() {
        return new GpuSpec(
                name,
                NOWHERE,
                observed ? SIDECAR : Sidecar.NONE,
                PoolDriver.POOL,
                "bench",
                models.stream().map(ServedModel::of).toList(),
                slots,
                0,
                0,
                CALL_TIMEOUT_SECONDS,
                GpuLimits.NONE,
                Optional.empty());
    }
}
