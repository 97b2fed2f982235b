package io.kagu.statusapi;

import io.kagu.common.admission.AdmissionSettings;
import io.kagu.common.admission.Thresholds;
import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.ReplicaAddress;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the status service.
 *
 * @param http where it listens when it runs by itself
 * @param stateDir folder for the stores; one per instance on a machine
 * @param retention how long an ended job and its response are remembered
 * @param letterRetention how long a dead letter is kept for a requeue
 * @param maxWaiters requests that may wait for a change at once; more are answered at once
 * @param cachePercent share of the heap for jobs that are asked for
 * @param address where other replicas reach this one
 * @param standbys copies of each partition that other replicas keep
 * @param thresholds of admission: told as the ingest service has them
 */
public record StatusConfig(
        HttpConfig http,
        Path stateDir,
        Duration retention,
        Duration letterRetention,
        int maxWaiters,
        int cachePercent,
        ReplicaAddress address,
        int standbys,
        Thresholds thresholds) {

    private static final String HOST = "KAGU_STATUS_HOST";
    private static final String PORT = "KAGU_STATUS_PORT";
    private static final String ALLOW_REMOTE = "KAGU_STATUS_ALLOW_REMOTE";
    private static final String STATE_DIR = "KAGU_STATUS_STATE_DIR";
    private static final String RETENTION = "KAGU_STATUS_RETENTION_HOURS";
    private static final String DLQ_RETENTION = "KAGU_STATUS_DLQ_RETENTION_HOURS";
    private static final String MAX_WAITERS = "KAGU_STATUS_MAX_WAITERS";
    private static final String CACHE_PERCENT = "KAGU_STATUS_CACHE_PERCENT";
    private static final String ADVERTISED_URL = "KAGU_STATUS_ADVERTISED_URL";
    private static final String STANDBYS = "KAGU_STATUS_STANDBY_REPLICAS";
    private static final int DEFAULT_PORT = 8082;
    private static final int MAX_HOURS = 8760;

    /** No route takes more than some fields. */
    private static final long MAX_BODY_BYTES = 64 * 1024;

    /** The keys the service understands. */
    public static SettingTable table() {
        return AdmissionSettings.addTo(
                        CommonSettings.table("KAGU_STATUS_", AdmissionSettings.PREFIX))
                .text(HOST, "127.0.0.1", "address to listen on")
                .integer(PORT, DEFAULT_PORT, 0, 65535, "port to listen on; 0 takes a free one")
                .flag(ALLOW_REMOTE, false, "allows to listen beyond loopback without a login")
                .text(STATE_DIR, "data/status-api", "folder of the stores, one per instance")
                .integer(RETENTION, 24, 1, MAX_HOURS, "how long ended jobs are remembered")
                .integer(DLQ_RETENTION, 168, 1, MAX_HOURS, "how long dead letters are kept")
                .integer(MAX_WAITERS, 10_000, 1, 1_000_000, "requests that may wait at once")
                .integer(CACHE_PERCENT, 10, 1, 50, "share of the heap for jobs that are asked for")
                .formed(
                        ADVERTISED_URL,
                        "",
                        StatusConfig::checkAdvertised,
                        ReplicaAddress.FORM,
                        "where other replicas reach this one; unset means where it listens")
                .integer(STANDBYS, 0, 0, 2, "copies of each partition that other replicas keep");
    }

    /** The settings of one process. */
    public static StatusConfig of(Settings settings) {
        HttpConfig http =
                new HttpConfig(settings.text(HOST), settings.integer(PORT), MAX_BODY_BYTES)
                        .withRealPort();
        return new StatusConfig(
                http.checked(HOST, settings.flag(ALLOW_REMOTE), ALLOW_REMOTE),
                Path.of(settings.text(STATE_DIR)),
                Duration.ofHours(settings.integer(RETENTION)),
                Duration.ofHours(settings.integer(DLQ_RETENTION)),
                settings.integer(MAX_WAITERS),
                settings.integer(CACHE_PERCENT),
                ReplicaAddress.advertised(settings.text(ADVERTISED_URL), http),
                settings.integer(STANDBYS),
                AdmissionSettings.of(settings));
    }

    private static void checkAdvertised(String url) {
        if (!url.isBlank()) {
            ReplicaAddress _ = ReplicaAddress.parse(url);
        }
    }
}
