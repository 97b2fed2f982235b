package io.kagu.local.gpu;

import java.util.function.LongSupplier;

/**
 * The physics behind the sidecar's numbers: utilisation follows the busy slots within a second,
 * temperature follows utilisation with the inertia of a heat sink, and video memory is the weights
 * plus the KV cache of the tokens in flight.
 *
 * <p>The load is constant between two changes, so each change first lets the time since the last
 * one pass: what a reading says does not depend on how often somebody reads.
 */
final class SidecarModel {

    private static final double UTIL_INERTIA_S = 0.4;
    private static final double TEMP_INERTIA_S = 15;
    private static final double IDLE_TEMP_C = 34;
    private static final double DEGREES_PER_UTIL_PCT = 0.46;
    private static final double WEIGHTS_SHARE = 0.55;
    private static final double CACHE_SHARE = 0.35;
    private static final double CACHE_MB_PER_TOKEN = 0.125;
    private static final long DRIVER_MB = 450;

    private final int slots;
    private final long vramTotalMb;
    private final LongSupplier nanoClock;
    private EngineLoad load = EngineLoad.IDLE;
    private boolean engineUp = true;
    private double utilPct;
    private double tempC = IDLE_TEMP_C;
    private long lastNanos;

    SidecarModel(int slots, long vramTotalMb, LongSupplier nanoClock) {
        this.slots = slots;
        this.vramTotalMb = vramTotalMb;
        this.nanoClock = nanoClock;
        this.lastNanos = nanoClock.getAsLong();
    }

    synchronized void loadChanged(EngineLoad newLoad) {
        letTimePass();
        load = newLoad;
    }

    /** A dead engine holds no weights in video memory. */
    synchronized void engineUp(boolean up) {
        letTimePass();
        engineUp = up;
    }

    synchronized EngineLoad load() {
        return load;
    }

    synchronized GpuReading reading() {
        letTimePass();
        long vram = DRIVER_MB;
        if (engineUp) {
            vram = Math.round(vramTotalMb * (WEIGHTS_SHARE + CACHE_SHARE * cacheUsage()));
        }
        return new GpuReading(tenths(utilPct), vram, vramTotalMb, tenths(tempC));
    }

    /** Share of the KV cache in use, 0 to 1. */
    synchronized double cacheUsage() {
        return Math.min(1, load.tokens() * CACHE_MB_PER_TOKEN / (vramTotalMb * CACHE_SHARE));
    }

    private void letTimePass() {
        long now = nanoClock.getAsLong();
        double seconds = (now - lastNanos) / 1e9;
        lastNanos = now;
        utilPct = approach(utilPct, targetUtilPct(), seconds / UTIL_INERTIA_S);
        double targetTempC = IDLE_TEMP_C + DEGREES_PER_UTIL_PCT * utilPct;
        tempC = approach(tempC, targetTempC, seconds / TEMP_INERTIA_S);
    }

    /** One busy slot already keeps much of a GPU busy; more of them fill the rest by batching. */
    private double targetUtilPct() {
        if (!engineUp || load.running() == 0) {
            return 0;
        }
        return 40 + 57 * Math.min(1.0, (double) load.running() / slots);
    }

    private static double approach(double from, double to, double inertias) {
        return to + (from - to) * Math.exp(-inertias);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
