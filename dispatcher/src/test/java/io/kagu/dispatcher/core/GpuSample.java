package io.kagu.dispatcher.core;

import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.PreferredModels;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** GPUs for tests: one slot, model {@code a}, calls of at most 30 seconds. */
record GpuSample(
        String name, int slots, int order, List<String> models, GpuLimits limits, Routing routing) {

    /** What bears on where jobs go, beside slots and order. */
    record Routing(
            Sidecar sidecar, PreferredModels preferred, List<String> fallbacks, boolean draining) {

        private static final Routing PLAIN =
                new Routing(Sidecar.NONE, PreferredModels.NONE, List.of(), false);
    }

    private static final Sidecar SIDECAR =
            new Sidecar(Sidecar.Kind.JSON, Optional.of(URI.create("http://127.0.0.1:2")));

    GpuSample(String name, int slots, int order, List<String> models, GpuLimits limits) {
        this(name, slots, order, models, limits, Routing.PLAIN);
    }

    static final int CALL_TIMEOUT_SECONDS = 30;

    static GpuSample named(String name) {
        return new GpuSample(name, 1, 0, List.of("a"), GpuLimits.NONE);
    }

    GpuSample slots(int count) {
        return new GpuSample(name, count, order, models, limits, routing);
    }

    GpuSample order(int place) {
        return new GpuSample(name, slots, place, models, limits, routing);
    }

    GpuSample serving(String... names) {
        return new GpuSample(name, slots, order, List.of(names), limits, routing);
    }

    GpuSample requestsPerMinute(int most) {
        return limits(
                OptionalInt.of(most),
                limits.minPauseMs(),
                limits.tokensPerMinute(),
                limits.concurrency());
    }

    GpuSample minPauseMs(int millis) {
        return limits(
                limits.requestsPerMinute(),
                OptionalInt.of(millis),
                limits.tokensPerMinute(),
                limits.concurrency());
    }

    GpuSample tokensPerMinute(int most) {
        return limits(
                limits.requestsPerMinute(),
                limits.minPauseMs(),
                OptionalInt.of(most),
                limits.concurrency());
    }

    GpuSample concurrency(int most) {
        return limits(
                limits.requestsPerMinute(),
                limits.minPauseMs(),
                limits.tokensPerMinute(),
                OptionalInt.of(most));
    }

    private GpuSample limits(
            OptionalInt requests, OptionalInt pause, OptionalInt tokens, OptionalInt calls) {
        GpuLimits changed = new GpuLimits(requests, pause, tokens, calls);
        return new GpuSample(name, slots, order, models, changed, routing);
    }

    /** With a sidecar, of which nothing is known before it was read. */
    GpuSample watched() {
        return routed(
                new Routing(SIDECAR, routing.preferred(), routing.fallbacks(), routing.draining()));
    }

    GpuSample draining() {
        return routed(
                new Routing(routing.sidecar(), routing.preferred(), routing.fallbacks(), true));
    }

    /** Preferred for a model until so much of its slots is taken. */
    GpuSample preferredFor(String model, int spillPct) {
        PreferredModels preferred = new PreferredModels(List.of(model), spillPct);
        return routed(
                new Routing(routing.sidecar(), preferred, routing.fallbacks(), routing.draining()));
    }

    /** Whose models these stand in for. */
    GpuSample fallingBackTo(String... names) {
        return routed(
                new Routing(
                        routing.sidecar(),
                        routing.preferred(),
                        List.of(names),
                        routing.draining()));
    }

    private GpuSample routed(Routing changed) {
        return new GpuSample(name, slots, order, models, limits, changed);
    }

    GpuSpec spec() {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:1"),
                routing.sidecar(),
                PoolRig.POOL,
                "test",
                models.stream()
                        .map(model ->
                                new ServedModel(
                                        model, List.of(), Optional.empty(), routing.fallbacks()))
                        .toList(),
                slots,
                0,
                order,
                CALL_TIMEOUT_SECONDS,
                limits,
                DownAt.INSTALLATION,
                routing.preferred(),
                routing.draining(),
                Optional.empty());
    }
}
