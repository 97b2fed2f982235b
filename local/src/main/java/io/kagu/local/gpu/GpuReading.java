package io.kagu.local.gpu;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a sidecar says of its GPU at one moment; the JSON names are those of real sidecars. */
public record GpuReading(
        @JsonProperty("gpu_util_pct") double gpuUtilPct,
        @JsonProperty("vram_used_mb") long vramUsedMb,
        @JsonProperty("vram_total_mb") long vramTotalMb,
        @JsonProperty("temp_c") double tempC) {}
