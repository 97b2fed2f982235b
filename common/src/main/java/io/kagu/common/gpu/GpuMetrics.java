package io.kagu.common.gpu;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the last scrape of a GPU's sidecar said. A number that the sidecar did not give is absent,
 * never 0; {@link Health#GARBAGE} and {@link Health#UNREACHABLE} have none.
 *
 * @param time when the scrape ended, by the scraper's clock; readers judge freshness by it
 * @param reason why the health is not {@link Health#OK}; for people
 * @param gpuUtilPct utilisation, 0 to 100
 * @param vramUsedMb memory in use, MiB
 * @param vramTotalMb memory of the card or cards, MiB
 * @param tempC degrees Celsius
 * @param requestsRunning requests the engine works on
 * @param requestsWaiting requests in the engine's own queue
 * @param kvCacheUsage share of the KV cache in use, 0 to 1
 */
public record GpuMetrics(
        int schema,
        String gpu,
        Instant time,
        Health health,
        Optional<String> reason,
        OptionalDouble gpuUtilPct,
        OptionalLong vramUsedMb,
        OptionalLong vramTotalMb,
        OptionalDouble tempC,
        OptionalInt requestsRunning,
        OptionalInt requestsWaiting,
        OptionalDouble kvCacheUsage) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public GpuMetrics {
        requireNonNull(gpu, "gpu");
        requireNonNull(time, "time");
        requireNonNull(health, "health");
    }

    /** What the numbers, or their absence, say of a GPU. */
    public enum Health {
        /** It answers, and its numbers are those of a card that can work. */
        OK,
        /** It answers, but has no memory left or runs hot at full load. */
        DOWN,
        /** It answers with what cannot be true or cannot be read. */
        GARBAGE,
        /** It did not answer several times in a row. */
        UNREACHABLE;

        /** Its name in JSON and in meters. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Health of(String word) {
            return Arrays.stream(values())
                    .filter(health -> health.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such health"));
        }
    }
}
