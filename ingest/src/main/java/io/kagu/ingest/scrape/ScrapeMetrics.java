package io.kagu.ingest.scrape;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.Optional;

/** What is counted of scrapes. */
final class ScrapeMetrics {

    private static final String MISSED = "missed";

    private final MeterRegistry registry;
    private final Timer duration;

    ScrapeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.duration =
                Timer.builder("kagu.ingest.scrape.duration")
                        .description("time of one scrape of a sidecar, missed ones included")
                        .register(registry);
    }

    /**
     * Counts one scrape.
     *
     * @param said what came of it; nothing, or unreachable, for a missed one
     */
    void scraped(String gpu, Optional<GpuMetrics> said, Duration took) {
        String result =
                said.map(GpuMetrics::health)
                        .filter(health -> health != Health.UNREACHABLE)
                        .map(Health::word)
                        .orElse(MISSED);
        registry.counter("kagu.ingest.scrapes", "gpu", gpu, "result", result).increment();
        duration.record(took);
    }
}
