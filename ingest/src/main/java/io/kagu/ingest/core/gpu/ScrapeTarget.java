package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Sidecar;

/** What of a GPU's entry its scraper goes by; another target asks for another scraper. */
public record ScrapeTarget(Sidecar sidecar, DownAt downAt) {

    /** The target that a GPU is. */
    public static ScrapeTarget of(GpuSpec gpu) {
        return new ScrapeTarget(gpu.sidecar(), gpu.downAt());
    }
}
