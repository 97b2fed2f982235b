package io.kagu.local.stack;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryFile;
import io.kagu.local.gpu.SimulatedGpu;

import java.util.ArrayList;
import java.util.List;

/** A stack's GPUs: how they are registered, and the simulated ones among them. */
record GpuSet(Registry registry, List<SimulatedGpu> simulated) implements AutoCloseable {

    GpuSet {
        simulated = List.copyOf(simulated);
    }

    /** Reads or starts them. */
    static GpuSet of(GpuSource source) {
        return switch (source) {
            case GpuSource.Listed listed -> new GpuSet(RegistryFile.read(listed.file()), List.of());
            case GpuSource.Simulated(List<SimulatedCard> cards) -> start(cards);
        };
    }

    private static GpuSet start(List<SimulatedCard> cards) {
        List<SimulatedGpu> running = new ArrayList<>();
        List<GpuSpec> specs = new ArrayList<>();
        try {
            for (SimulatedCard card : cards) {
                SimulatedGpu gpu = SimulatedGpu.start(card.config());
                running.add(gpu);
                specs.add(card.spec(gpu));
            }
            return new GpuSet(Registry.of(specs), running);
        } catch (RuntimeException e) {
            running.forEach(SimulatedGpu::close);
            throw e;
        }
    }

    @Override
    public void close() {
        simulated.forEach(SimulatedGpu::close);
    }
}
