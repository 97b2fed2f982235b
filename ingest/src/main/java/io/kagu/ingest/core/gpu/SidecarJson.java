package io.kagu.ingest.core.gpu;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON sidecar: an object with any of {@code gpu_util_pct}, {@code vram_used_mb}, {@code
 * vram_total_mb} and {@code temp_c}. What is null counts as absent.
 */
final class SidecarJson {

    private static final List<Gauge> GAUGES =
            List.of(Gauge.GPU_UTIL_PCT, Gauge.VRAM_USED_MB, Gauge.VRAM_TOTAL_MB, Gauge.TEMP_C);

    private SidecarJson() {}

    static Reading read(byte[] body) {
        try {
            JsonNode root = Json.tree(body);
            return root.isObject() ? numbers(root) : new Reading.Garbage("no JSON object");
        } catch (BadJsonException e) {
            return new Reading.Garbage(String.valueOf(e.getMessage()));
        }
    }

    private static Reading numbers(JsonNode root) {
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        for (Gauge gauge : GAUGES) {
            JsonNode value = root.path(gauge.word());
            if (value.isNumber()) {
                values.put(gauge, value.doubleValue());
            } else if (!value.isMissingNode() && !value.isNull()) {
                return new Reading.Garbage(gauge.word() + " is not a number");
            }
        }
        return GpuNumbers.of(values);
    }
}
