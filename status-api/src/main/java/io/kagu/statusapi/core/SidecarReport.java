package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.Sidecar;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a GPU's sidecar said, as far as it is still true.
 *
 * @param health {@code ok}, {@code down}, {@code garbage}, {@code unreachable}, or {@code unknown}
 *     without a sample of the last 15 seconds
 * @param reason why the health is not {@code ok}
 * @param asOf when the last scrape ended
 * @param vramPct share of its memory in use, percent
 */
public record SidecarReport(
        String health,
        Optional<String> reason,
        Optional<Instant> asOf,
        @JsonProperty("age_s") OptionalDouble ageSeconds,
        OptionalDouble gpuUtilPct,
        OptionalLong vramUsedMb,
        OptionalLong vramTotalMb,
        OptionalDouble vramPct,
        OptionalDouble tempC,
        OptionalInt requestsRunning,
        OptionalInt requestsWaiting,
        OptionalDouble kvCacheUsage,
        @JsonIgnore OptionalDouble loadScore) {

    /** Older samples tell nothing of the card as it is. */
    static final Duration FRESH = Duration.ofSeconds(15);

    private static final String UNKNOWN = "unknown";
    private static final double MILLIS = 1000.0;

    /** What is known of a GPU's sidecar; empty for a GPU that has none. */
    static Optional<SidecarReport> of(KnownGpu gpu, Instant now) {
        if (gpu.spec().sidecar().kind() == Sidecar.Kind.NONE) {
            return Optional.empty();
        }
        return Optional.of(
                gpu.metrics().map(metrics -> of(metrics, now)).orElseGet(SidecarReport::silent));
    }

    private static SidecarReport of(GpuMetrics metrics, Instant now) {
        // A scraper's clock may be ahead of this one.
        double age = Math.max(0, Duration.between(metrics.time(), now).toMillis() / MILLIS);
        return age > FRESH.toSeconds() ? stale(metrics, age) : fresh(metrics, age);
    }

    private static SidecarReport silent() {
        return unknown("its sidecar was not scraped yet", Optional.empty(), OptionalDouble.empty());
    }

    private static SidecarReport stale(GpuMetrics metrics, double age) {
        return unknown(
                "no sample of the last " + FRESH.toSeconds() + " s",
                Optional.of(metrics.time()),
                OptionalDouble.of(age));
    }

    private static SidecarReport unknown(
            String reason, Optional<Instant> asOf, OptionalDouble age) {
        return new SidecarReport(
                UNKNOWN,
                Optional.of(reason),
                asOf,
                age,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static SidecarReport fresh(GpuMetrics metrics, double age) {
        return new SidecarReport(
                metrics.health().word(),
                metrics.reason(),
                Optional.of(metrics.time()),
                OptionalDouble.of(age),
                metrics.gpuUtilPct(),
                metrics.vramUsedMb(),
                metrics.vramTotalMb(),
                LoadScore.vramPct(metrics),
                metrics.tempC(),
                metrics.requestsRunning(),
                metrics.requestsWaiting(),
                metrics.kvCacheUsage(),
                LoadScore.of(metrics));
    }

    /** Whether the card is known to be down. */
    boolean down() {
        return health.equals(Health.DOWN.word());
    }

    /** Whether nothing is known of the card as it is. */
    boolean blind() {
        return !down() && !health.equals(Health.OK.word());
    }
}
