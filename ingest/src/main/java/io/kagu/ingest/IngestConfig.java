package io.kagu.ingest;

import io.kagu.common.admission.AdmissionSettings;
import io.kagu.common.admission.Thresholds;
import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.config.SettingsException;
import io.kagu.common.http.HttpConfig;
import io.kagu.ingest.scrape.ScrapeConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one front door.
 *
 * @param http where its own server listens
 * @param gpus file of the GPUs to register at start
 * @param storeTimeout within which Kafka must have acknowledged a job
 * @param batchMaxLines lines taken from one batch
 * @param defaultModel for jobs of existing queue clients that name none that is served
 * @param scrape how GPUs' sidecars are scraped
 */
public record IngestConfig(
        HttpConfig http,
        Optional<Path> gpus,
        Thresholds thresholds,
        Duration storeTimeout,
        int batchMaxLines,
        Optional<String> defaultModel,
        ScrapeConfig scrape) {

    private static final String HOST = "KAGU_INGEST_HOST";
    private static final String PORT = "KAGU_INGEST_PORT";
    private static final String ALLOW_REMOTE = "KAGU_INGEST_ALLOW_REMOTE";
    private static final String GPUS = "KAGU_INGEST_GPUS";
    private static final String STORE_TIMEOUT = "KAGU_INGEST_STORE_TIMEOUT_MS";
    private static final String BATCH_LINES = "KAGU_INGEST_BATCH_MAX_LINES";
    private static final String DEFAULT_MODEL = "KAGU_INGEST_DEFAULT_MODEL";

    /** The keys of this service with defaults and ranges. */
    public static SettingTable table() {
        SettingTable table =
                CommonSettings.table("KAGU_INGEST_", AdmissionSettings.PREFIX)
                        .text(HOST, "127.0.0.1", "address to listen on")
                        .integer(PORT, 8081, 0, 65535, "port to listen on; 0 takes a free one")
                        .flag(ALLOW_REMOTE, false, "listen beyond loopback without authentication")
                        .text(GPUS, "", "YAML file of the GPUs to register at start")
                        .millis(
                                STORE_TIMEOUT,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(2),
                                "how long Kafka may take to acknowledge a job")
                        .integer(BATCH_LINES, 10_000, 1, 1_000_000, "most lines of one batch")
                        .text(
                                DEFAULT_MODEL,
                                "",
                                "model of queue clients' jobs that name none; unset is the first");
        return ScrapeConfig.addTo(AdmissionSettings.addTo(table));
    }

    /**
     * The settings as a record.
     *
     * @throws SettingsException if they contradict each other
     */
    public static IngestConfig of(Settings settings) {
        HttpConfig http =
                new HttpConfig(
                                settings.text(HOST),
                                settings.integer(PORT),
                                CommonSettings.topics(settings).maxBodyBytes())
                        .checked(HOST, settings.flag(ALLOW_REMOTE), ALLOW_REMOTE);
        return new IngestConfig(
                http,
                given(settings, GPUS).map(Path::of),
                AdmissionSettings.of(settings),
                settings.millis(STORE_TIMEOUT),
                settings.integer(BATCH_LINES),
                given(settings, DEFAULT_MODEL),
                ScrapeConfig.of(settings));
    }

    private static Optional<String> given(Settings settings, String key) {
        return Optional.of(settings.text(key)).filter(text -> !text.isBlank());
    }
}
