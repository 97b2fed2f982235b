package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.config.SettingSource;
import io.kagu.common.config.SettingsException;
import io.kagu.common.http.HttpConfig;
import io.kagu.ingest.core.gpu.DownRule;
import io.kagu.ingest.scrape.ScrapeConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class IngestConfigTest {

    @Test
    void everyKeyHasADefault() {
        assertThat(config(Map.of()))
                .isEqualTo(
                        new IngestConfig(
                                new HttpConfig("127.0.0.1", 8081, 1 << 20),
                                Optional.empty(),
                                new Thresholds(10_000, 6_000, 7_000, 8_000),
                                Duration.ofSeconds(10),
                                10_000,
                                Optional.empty(),
                                new ScrapeConfig(
                                        Duration.ofSeconds(1),
                                        Duration.ofMillis(800),
                                        3,
                                        new DownRule(95, 98, 85))));
    }

    @Test
    void everyKeyIsHeeded() {
        Map<String, String> environment =
                Map.ofEntries(
                        Map.entry("KAGU_INGEST_HOST", "0.0.0.0"),
                        Map.entry("KAGU_INGEST_PORT", "9000"),
                        Map.entry("KAGU_INGEST_ALLOW_REMOTE", "true"),
                        Map.entry("KAGU_INGEST_GPUS", "/etc/gpus.yaml"),
                        Map.entry("KAGU_INGEST_STORE_TIMEOUT_MS", "3000"),
                        Map.entry("KAGU_INGEST_BATCH_MAX_LINES", "7"),
                        Map.entry("KAGU_INGEST_DEFAULT_MODEL", "chat-35b"),
                        Map.entry("KAGU_MAX_BODY_BYTES", "2048"),
                        Map.entry("KAGU_ADMISSION_CAPACITY", "50"),
                        Map.entry("KAGU_ADMISSION_WARN_PERCENT", "10"),
                        Map.entry("KAGU_ADMISSION_SHED_LOW_PERCENT", "20"),
                        Map.entry("KAGU_ADMISSION_SHED_NORMAL_PERCENT", "100"),
                        Map.entry("KAGU_INGEST_SCRAPE_INTERVAL_MS", "5000"),
                        Map.entry("KAGU_INGEST_SCRAPE_TIMEOUT_MS", "5000"),
                        Map.entry("KAGU_INGEST_SCRAPE_MISSES", "2"),
                        Map.entry("KAGU_INGEST_SCRAPE_DOWN_VRAM_PERCENT", "99"),
                        Map.entry("KAGU_INGEST_SCRAPE_DOWN_UTIL_PERCENT", "90"),
                        Map.entry("KAGU_INGEST_SCRAPE_DOWN_TEMP_C", "80"));

        assertThat(config(environment))
                .isEqualTo(
                        new IngestConfig(
                                new HttpConfig("0.0.0.0", 9000, 2048),
                                Optional.of(Path.of("/etc/gpus.yaml")),
                                new Thresholds(50, 5, 10, 50),
                                Duration.ofSeconds(3),
                                7,
                                Optional.of("chat-35b"),
                                new ScrapeConfig(
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(5),
                                        2,
                                        new DownRule(99, 90, 80))));
    }

    @ParameterizedTest
    @CsvSource({
        "KAGU_INGEST_PORT, 65536",
        "KAGU_INGEST_PORT, http",
        "KAGU_INGEST_ALLOW_REMOTE, perhaps",
        "KAGU_INGEST_HOST, ''",
        "KAGU_INGEST_STORE_TIMEOUT_MS, 999",
        "KAGU_INGEST_BATCH_MAX_LINES, 0",
        "KAGU_INGEST_SCRAPE_INTERVAL_MS, 99",
        "KAGU_INGEST_SCRAPE_TIMEOUT_MS, 0",
        "KAGU_INGEST_SCRAPE_MISSES, 0",
        "KAGU_INGEST_SCRAPE_DOWN_VRAM_PERCENT, 101",
        "KAGU_INGEST_SCRAPE_DOWN_UTIL_PERCENT, 101",
        "KAGU_INGEST_SCRAPE_DOWN_TEMP_C, 0",
        "KAGU_ADMISSION_CAPACITY, 0",
        "KAGU_ADMISSION_WARN_PERCENT, 101",
        "KAGU_ADMISSION_SHED_LOW_PERCENT, 0",
        "KAGU_ADMISSION_SHED_NORMAL_PERCENT, 80%"
    })
    void aBadValueIsNamedWithItsKeyAndSource(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key + "=" + value + " (from environment) is not allowed");
    }

    @Test
    void anUnknownKeyIsAnErrorWithTheNearestMatch() {
        assertThatThrownBy(() -> config(Map.of("KAGU_ADMISSION_CAPCITY", "5")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("did you mean KAGU_ADMISSION_CAPACITY?");
    }

    @Test
    void anotherServicesKeysAreNoError() {
        assertThat(config(Map.of("KAGU_DISPATCHER_X", "1"))).isEqualTo(config(Map.of()));
    }

    @Test
    void sharesThatContradictEachOtherStopTheStart() {
        assertThatThrownBy(() -> config(Map.of("KAGU_ADMISSION_WARN_PERCENT", "75")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_ADMISSION_WARN_PERCENT=75")
                .hasMessageContaining("must not fall");
    }

    @Test
    void aScrapeMayNotTakeLongerThanUntilTheNext() {
        assertThatThrownBy(() -> config(Map.of("KAGU_INGEST_SCRAPE_TIMEOUT_MS", "1001")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_INGEST_SCRAPE_TIMEOUT_MS=1001 must not be more than")
                .hasMessageContaining("KAGU_INGEST_SCRAPE_INTERVAL_MS=1000");
    }

    @Test
    void listeningBeyondLoopbackMustBeAllowed() {
        assertThatThrownBy(() -> config(Map.of("KAGU_INGEST_HOST", "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_INGEST_ALLOW_REMOTE=true");
    }

    private static IngestConfig config(Map<String, String> environment) {
        return IngestConfig.of(
                IngestConfig.table().read(List.of(new SettingSource("environment", environment))));
    }
}
