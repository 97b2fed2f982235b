package io.kagu.local.gpu;

import java.util.HashSet;
import java.util.List;

/**
 * What one simulated GPU is: its name, models, slots, speed, memory and ports.
 *
 * @param models what it serves; a call for another model is answered with 404
 * @param slots calls computed at a time; what exceeds them waits in the engine's queue
 * @param typicalOutputTokens average length of an answer that no limit cuts short
 * @param seed of texts, answer lengths, jitter and fault probabilities
 * @param callLogLimit calls remembered one by one, the oldest dropped first; 0 only counts
 * @param instant answers every call at once with one small constant body: nothing is parsed, queued
 *     or timed, unknown models and {@code stream} are not looked at; the benchmark's GPU
 */
public record SimulatedGpuConfig(
        String name,
        List<String> models,
        int slots,
        ServiceTime serviceTime,
        int typicalOutputTokens,
        long vramTotalMb,
        ListenAddress listen,
        long seed,
        int callLogLimit,
        boolean instant) {

    private static final long LEAST_VRAM_MB = 1_024;

    public SimulatedGpuConfig {
        models = List.copyOf(models);
        require(!name.isBlank(), "name must not be blank");
        require(!models.isEmpty(), "models must name at least one model");
        require(models.stream().noneMatch(String::isBlank), "models must not hold a blank name");
        require(
                new HashSet<>(models).size() == models.size(),
                "models must not repeat a name: " + models);
        require(slots >= 1, "slots must be at least 1, not " + slots);
        require(
                typicalOutputTokens >= 1,
                "typicalOutputTokens must be at least 1, not " + typicalOutputTokens);
        require(
                vramTotalMb >= LEAST_VRAM_MB,
                "vramTotalMb must be at least " + LEAST_VRAM_MB + ", not " + vramTotalMb);
        require(callLogLimit >= 0, "callLogLimit must not be negative: " + callLogLimit);
    }

    /** A 24 GB card with one slot at the speed of a mid-size model. */
    public static SimulatedGpuConfig of(String name, String... models) {
        return new SimulatedGpuConfig(
                name,
                List.of(models),
                1,
                ServiceTime.TYPICAL,
                48,
                24_576,
                ListenAddress.FREE_PORTS,
                1,
                10_000,
                false);
    }

    /** A GPU without any service time, that counts its calls but does not remember them. */
    public static SimulatedGpuConfig instant(String name, String... models) {
        var base = of(name, models).withServiceTime(ServiceTime.NONE).withCallLogLimit(0);
        return base.copy(base.slots, base.listen, true);
    }

    public SimulatedGpuConfig withSlots(int newSlots) {
        return copy(newSlots, listen, instant);
    }

    public SimulatedGpuConfig withHost(String host) {
        return withListen(new ListenAddress(host, listen.port(), listen.sidecarPort()));
    }

    public SimulatedGpuConfig withPort(int port) {
        return withListen(new ListenAddress(listen.host(), port, listen.sidecarPort()));
    }

    public SimulatedGpuConfig withSidecarPort(int sidecarPort) {
        return withListen(new ListenAddress(listen.host(), listen.port(), sidecarPort));
    }

    public SimulatedGpuConfig withListen(ListenAddress newListen) {
        return copy(slots, newListen, instant);
    }

    public SimulatedGpuConfig withServiceTime(ServiceTime newServiceTime) {
        return new SimulatedGpuConfig(
                name,
                models,
                slots,
                newServiceTime,
                typicalOutputTokens,
                vramTotalMb,
                listen,
                seed,
                callLogLimit,
                instant);
    }

    public SimulatedGpuConfig withTypicalOutputTokens(int tokens) {
        return new SimulatedGpuConfig(
                name,
                models,
                slots,
                serviceTime,
                tokens,
                vramTotalMb,
                listen,
                seed,
                callLogLimit,
                instant);
    }

    public SimulatedGpuConfig withVramTotalMb(long megabytes) {
        return new SimulatedGpuConfig(
                name,
                models,
                slots,
                serviceTime,
                typicalOutputTokens,
                megabytes,
                listen,
                seed,
                callLogLimit,
                instant);
    }

    public SimulatedGpuConfig withSeed(long newSeed) {
        return new SimulatedGpuConfig(
                name,
                models,
                slots,
                serviceTime,
                typicalOutputTokens,
                vramTotalMb,
                listen,
                newSeed,
                callLogLimit,
                instant);
    }

    public SimulatedGpuConfig withCallLogLimit(int calls) {
        return new SimulatedGpuConfig(
                name,
                models,
                slots,
                serviceTime,
                typicalOutputTokens,
                vramTotalMb,
                listen,
                seed,
                calls,
                instant);
    }

    private SimulatedGpuConfig copy(int newSlots, ListenAddress newListen, boolean newInstant) {
        return new SimulatedGpuConfig(
                name,
                models,
                newSlots,
                serviceTime,
                typicalOutputTokens,
                vramTotalMb,
                newListen,
                seed,
                callLogLimit,
                newInstant);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("simulated GPU: " + message);
        }
    }
}
