package io.kagu.ingest.core.gpu;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The numbers of one scrape, all possible ones; what a sidecar did not say is absent. */
public record GpuNumbers(
        OptionalDouble utilPct,
        OptionalLong vramUsedMb,
        OptionalLong vramTotalMb,
        OptionalDouble tempC,
        OptionalInt requestsRunning,
        OptionalInt requestsWaiting,
        OptionalDouble kvCacheUsage) {

    /** Nothing known. */
    static final GpuNumbers NONE = new Found(new EnumMap<>(Gauge.class)).numbers();

    /** The numbers among these values, or why they cannot be true. */
    static Reading of(Map<Gauge, Double> values) {
        if (values.isEmpty()) {
            return new Reading.Garbage("no known metric in it");
        }
        for (var value : values.entrySet()) {
            if (!value.getKey().possible(value.getValue())) {
                return new Reading.Garbage(value.getKey().fault(value.getValue()));
            }
        }
        Double total = values.get(Gauge.VRAM_TOTAL_MB);
        Double used = values.get(Gauge.VRAM_USED_MB);
        if (total != null && used != null && used > total) {
            return new Reading.Garbage("vram_used_mb %s of %s".formatted(used, total));
        }
        return new Reading.Numbers(new Found(values).numbers());
    }

    /** Values that were checked. */
    private record Found(Map<Gauge, Double> values) {

        GpuNumbers numbers() {
            return new GpuNumbers(
                    number(Gauge.GPU_UTIL_PCT),
                    whole(Gauge.VRAM_USED_MB),
                    whole(Gauge.VRAM_TOTAL_MB),
                    number(Gauge.TEMP_C),
                    count(Gauge.REQUESTS_RUNNING),
                    count(Gauge.REQUESTS_WAITING),
                    number(Gauge.KV_CACHE_USAGE));
        }

        private OptionalDouble number(Gauge gauge) {
            Double value = values.get(gauge);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }

        private OptionalLong whole(Gauge gauge) {
            Double value = values.get(gauge);
            return value == null ? OptionalLong.empty() : OptionalLong.of(Math.round(value));
        }

        private OptionalInt count(Gauge gauge) {
            Double value = values.get(gauge);
            return value == null ? OptionalInt.empty() : OptionalInt.of((int) Math.round(value));
        }
    }
}
