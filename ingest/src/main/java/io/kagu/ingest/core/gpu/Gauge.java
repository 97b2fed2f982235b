package io.kagu.ingest.core.gpu;

import java.util.Locale;

/** A number that sidecars give, and what it can be. */
enum Gauge {
    GPU_UTIL_PCT(0, 100),
    VRAM_USED_MB(0, Limits.MIB),
    /** A card without memory is no card. */
    VRAM_TOTAL_MB(1, Limits.MIB),
    TEMP_C(0, Limits.CELSIUS),
    REQUESTS_RUNNING(0, Limits.REQUESTS),
    REQUESTS_WAITING(0, Limits.REQUESTS),
    KV_CACHE_USAGE(0, 1);

    private final double min;
    private final double max;

    Gauge(double min, double max) {
        this.min = min;
        this.max = max;
    }

    /** False for NaN and the infinities, too. */
    boolean possible(double value) {
        return value >= min && value <= max;
    }

    String fault(double value) {
        return String.format(Locale.ROOT, "%s is %s, not in %.0f..%.0f", word(), value, min, max);
    }

    /** Its name in Kagu's JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Above any real one; drivers say "unknown" by numbers near the largest integer. */
    private static final class Limits {
        private static final double MIB = 1e9;
        private static final double CELSIUS = 200;
        private static final double REQUESTS = 1e9;
    }
}
