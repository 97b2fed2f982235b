package io.kagu.ingest;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.config.SettingsException;
import io.kagu.common.http.HttpConfig;
import io.kagu.ingest.core.Thresholds;
import io.kagu.ingest.core.Thresholds.Percent;
import io.kagu.ingest.scrape.ScrapeConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one front door.
 *
 * @param http where its own server listens
 * @param gpus file of the GPUs to register at start
 * @param storeTimeout within which Kafka must have acknowledged a job
 * @param batchMaxLines lines taken from one batch
 * @param scrape how GPUs' sidecars are scraped
 */
public record IngestConfig(
        HttpConfig http,
        Optional<Path> gpus,
        Thresholds thresholds,
        Duration storeTimeout,
        int batchMaxLines,
        ScrapeConfig scrape) {

    private static final String HOST = "KAGU_INGEST_HOST";
    private static final String PORT = "KAGU_INGEST_PORT";
    private static final String ALLOW_REMOTE = "KAGU_INGEST_ALLOW_REMOTE";
    private static final String GPUS = "KAGU_INGEST_GPUS";
    private static final String STORE_TIMEOUT = "KAGU_INGEST_STORE_TIMEOUT_MS";
    private static final String BATCH_LINES = "KAGU_INGEST_BATCH_MAX_LINES";
    private static final String CAPACITY = "KAGU_ADMISSION_CAPACITY";
    private static final String WARN = "KAGU_ADMISSION_WARN_PERCENT";
    private static final String SHED_LOW = "KAGU_ADMISSION_SHED_LOW_PERCENT";
    private static final String SHED_NORMAL = "KAGU_ADMISSION_SHED_NORMAL_PERCENT";

    /** The keys of this service with defaults and ranges. */
    public static SettingTable table() {
        SettingTable table =
                CommonSettings.table("KAGU_INGEST_", "KAGU_ADMISSION_")
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
                        .integer(BATCH_LINES, 10_000, 1, 1_000_000, "most lines of one batch");
        return ScrapeConfig.addTo(admission(table));
    }

    private static SettingTable admission(SettingTable table) {
        Percent shares = Percent.DEFAULT;
        return table.integer(CAPACITY, 10_000, 1, 10_000_000, "most waiting jobs of one pool")
                .integer(WARN, shares.warn(), 1, 100, "share from which callers are warned")
                .integer(SHED_LOW, shares.shedLow(), 1, 100, "share from which low is refused")
                .integer(
                        SHED_NORMAL,
                        shares.shedNormal(),
                        1,
                        100,
                        "share from which normal is refused");
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
                Optional.of(settings.text(GPUS)).filter(file -> !file.isBlank()).map(Path::of),
                Thresholds.of(settings.integer(CAPACITY), shares(settings)),
                settings.millis(STORE_TIMEOUT),
                settings.integer(BATCH_LINES),
                ScrapeConfig.of(settings));
    }

    private static Percent shares(Settings settings) {
        Percent shares =
                new Percent(
                        settings.integer(WARN),
                        settings.integer(SHED_LOW),
                        settings.integer(SHED_NORMAL));
        if (shares.warn() > shares.shedLow() || shares.shedLow() > shares.shedNormal()) {
            throw new SettingsException(
                    List.of(
                            "%s=%d, %s=%d, %s=%d must not fall from left to right"
                                    .formatted(
                                            WARN,
                                            shares.warn(),
                                            SHED_LOW,
                                            shares.shedLow(),
                                            SHED_NORMAL,
                                            shares.shedNormal())));
        }
        return shares;
    }
}
