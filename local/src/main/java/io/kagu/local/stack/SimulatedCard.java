package io.kagu.local.stack;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A simulated GPU and how it is registered.
 *
 * @param models as they are registered; the GPU itself answers to their aliases, too
 * @param type the card's name for people
 */
public record SimulatedCard(SimulatedGpuConfig config, List<ServedModel> models, String type) {

    private static final int CALL_TIMEOUT_SECONDS = 300;
    private static final double JITTER = 0.15;
    private static final long MIB_PER_GIB = 1024;

    public SimulatedCard {
        models = List.copyOf(models);
    }

    /** A card whose models have no aliases. */
    public static SimulatedCard of(SimulatedGpuConfig config) {
        List<ServedModel> models = config.models().stream().map(ServedModel::of).toList();
        return new SimulatedCard(config, models, "simulated");
    }

    /** A set like that of the examples: a 35B on 64 GB, a 27B coder on 24 GB, a 4B on 12 GB. */
    public static List<SimulatedCard> examples() {
        ServedModel chat = new ServedModel("chat-35b", List.of("standard"), Optional.empty());
        return List.of(
                example("gpu-large", chat, 64, 18, 4),
                example("gpu-coder", ServedModel.of("coder-27b"), 24, 22, 2),
                example("gpu-small", ServedModel.of("chat-4b"), 12, 8, 4));
    }

    private static SimulatedCard example(
            String name, ServedModel model, int gib, int millisPerToken, int slots) {
        List<String> answersTo = new ArrayList<>(List.of(model.name()));
        answersTo.addAll(model.aliases());
        SimulatedGpuConfig config =
                SimulatedGpuConfig.of(name, answersTo.toArray(new String[0]))
                        .withSlots(slots)
                        .withVramTotalMb(gib * MIB_PER_GIB)
                        .withServiceTime(speed(millisPerToken))
                        .withSeed(gib);
        return new SimulatedCard(config, List.of(model), gib + " GB card, simulated");
    }

    private static ServiceTime speed(int millisPerToken) {
        return new ServiceTime(
                Duration.ofMillis(30),
                Duration.ofNanos(200_000),
                Duration.ofMillis(millisPerToken),
                JITTER);
    }

    /** How the running GPU is registered. */
    GpuSpec spec(SimulatedGpu gpu) {
        Sidecar sidecar = new Sidecar(Sidecar.Kind.JSON, Optional.of(URI.create(gpu.sidecarUrl())));
        return new GpuSpec(
                config.name(),
                URI.create(gpu.endpoint()),
                sidecar,
                GpuSpec.DEFAULT_POOL,
                type,
                models,
                config.slots(),
                config.vramTotalMb(),
                0,
                CALL_TIMEOUT_SECONDS,
                GpuLimits.NONE,
                Optional.empty());
    }
}
