package io.kagu.ingest.scrape;

import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.config.SettingsException;
import io.kagu.ingest.core.gpu.DownRule;

import java.time.Duration;
import java.util.List;

/**
 * How sidecars are scraped and judged.
 *
 * @param interval from one scrape of a GPU to the next
 * @param timeout of one scrape, from the connection to the last byte
 * @param misses in a row after which a GPU is unreachable
 */
public record ScrapeConfig(Duration interval, Duration timeout, int misses, DownRule down) {

    private static final String INTERVAL = "KAGU_INGEST_SCRAPE_INTERVAL_MS";
    private static final String TIMEOUT = "KAGU_INGEST_SCRAPE_TIMEOUT_MS";
    private static final String MISSES = "KAGU_INGEST_SCRAPE_MISSES";
    private static final String DOWN_VRAM = "KAGU_INGEST_SCRAPE_DOWN_VRAM_PERCENT";
    private static final String DOWN_UTIL = "KAGU_INGEST_SCRAPE_DOWN_UTIL_PERCENT";
    private static final String DOWN_TEMP = "KAGU_INGEST_SCRAPE_DOWN_TEMP_C";

    /** Adds the keys with defaults and ranges. */
    public static SettingTable addTo(SettingTable table) {
        DownRule down = DownRule.DEFAULT;
        return table.millis(
                        INTERVAL,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "time from one scrape of a GPU's sidecar to the next")
                .millis(
                        TIMEOUT,
                        Duration.ofMillis(800),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        "how long one scrape may take; at most the interval")
                .integer(MISSES, 3, 1, 100, "missed scrapes in a row that make a GPU unreachable")
                .integer(DOWN_VRAM, down.vramPct(), 1, 100, "a GPU with fuller memory is down")
                .integer(
                        DOWN_UTIL,
                        down.utilPct(),
                        1,
                        100,
                        "a GPU with more load than this is down where it is too hot, too")
                .integer(DOWN_TEMP, down.tempC(), 1, 200, "too hot for full load, degrees Celsius");
    }

    /**
     * The settings as a record.
     *
     * @throws SettingsException if they contradict each other
     */
    public static ScrapeConfig of(Settings settings) {
        Duration interval = settings.millis(INTERVAL);
        Duration timeout = settings.millis(TIMEOUT);
        if (timeout.compareTo(interval) > 0) {
            throw new SettingsException(
                    List.of(
                            "%s=%d must not be more than %s=%d"
                                    .formatted(
                                            TIMEOUT,
                                            timeout.toMillis(),
                                            INTERVAL,
                                            interval.toMillis())));
        }
        return new ScrapeConfig(
                interval,
                timeout,
                settings.integer(MISSES),
                new DownRule(
                        settings.integer(DOWN_VRAM),
                        settings.integer(DOWN_UTIL),
                        settings.integer(DOWN_TEMP)));
    }
}
