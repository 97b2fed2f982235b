package io.kagu.dispatcher;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.dispatcher.core.BreakerRules;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.core.RetryRules;
import io.kagu.dispatcher.core.TenantWeights;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The dispatcher's settings.
 *
 * @param http where health, metrics and places are served
 * @param address where others reach it
 * @param stateDir where the stores are kept
 * @param threads stream threads
 * @param callBudget calls this replica may have in flight
 * @param rules the bounds of every pool
 * @param retention how long a job that ended is known
 * @param groupProtocol {@code streams} or {@code classic}
 * @param sessionTimeout silence after which the group takes a replica for dead
 * @param standbys further replicas that keep each store up to date, ready to take it over
 * @param stopGrace how long a clean stop lets running calls go on
 */
public record DispatcherConfig(
        HttpConfig http,
        ReplicaAddress address,
        Path stateDir,
        int threads,
        int callBudget,
        PoolRules rules,
        Duration retention,
        String groupProtocol,
        Duration sessionTimeout,
        int standbys,
        Duration stopGrace) {

    private static final String ADVERTISED_URL = "KAGU_DISPATCHER_ADVERTISED_URL";
    private static final long SMALL_BODY = 64 * 1024;

    /** The keys this service understands. */
    public static SettingTable table() {
        PoolRules rules = PoolRules.DEFAULTS;
        return CommonSettings.table("KAGU_DISPATCHER_")
                .text("KAGU_DISPATCHER_HOST", "127.0.0.1", "address for health and metrics")
                .integer("KAGU_DISPATCHER_PORT", 8083, 0, 65_535, "port for health and metrics")
                .flag("KAGU_DISPATCHER_ALLOW_REMOTE", false, "listen beyond loopback without auth")
                .formed(
                        ADVERTISED_URL,
                        "",
                        DispatcherConfig::checkAdvertised,
                        ReplicaAddress.FORM,
                        "where status-api asks it; unset means where it listens")
                .text("KAGU_DISPATCHER_STATE_DIR", "kagu-data/dispatcher", "folder of the stores")
                .integer("KAGU_DISPATCHER_THREADS", 1, 1, 64, "stream threads")
                .integer("KAGU_DISPATCHER_CALL_BUDGET", 2_000, 1, 5_000, "calls in flight at once")
                .integer(
                        "KAGU_DISPATCHER_MAX_ATTEMPTS",
                        rules.retries().maxAttempts(),
                        1,
                        100,
                        "failed attempts before a job is dead")
                .integer(
                        "KAGU_DISPATCHER_POISON_FAULTS",
                        rules.retries().poisonFaults(),
                        2,
                        100,
                        "faults on 2 or more GPUs that serve others before a job is dead")
                .integer(
                        "KAGU_DISPATCHER_RETRY_PERCENT",
                        rules.retries().share(),
                        0,
                        1_000,
                        "retries of a pool for each 100 jobs that begin, while others wait")
                .integer(
                        "KAGU_DISPATCHER_RETRIES_PER_SECOND",
                        rules.retries().perSecond(),
                        1,
                        100_000,
                        "retries of a pool in a second beside those")
                .integer(
                        "KAGU_DISPATCHER_POOL_CAPACITY",
                        rules.capacity(),
                        1,
                        10_000_000,
                        "live jobs of a pool before more die of overflow")
                .millis(
                        "KAGU_DISPATCHER_MAX_WAIT_MS",
                        Duration.ofMillis(rules.maxWait()),
                        Duration.ofSeconds(1),
                        Duration.ofDays(30),
                        "time to a GPU of jobs without a deadline")
                .millis(
                        "KAGU_DISPATCHER_LOST_AFTER_MS",
                        Duration.ofMillis(rules.lostAfter()),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(5),
                        "silence after which an executor's calls are lost")
                .integer(
                        "KAGU_DISPATCHER_BREAKER_FAULTS",
                        rules.breaker().faults(),
                        1,
                        100,
                        "faults in a row after which a GPU gets no calls")
                .millis(
                        "KAGU_DISPATCHER_BREAKER_PAUSE_MS",
                        Duration.ofMillis(rules.breaker().pause()),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "how long it gets none before one call tries it")
                .millis(
                        "KAGU_DISPATCHER_FAULT_PAUSE_MS",
                        Duration.ofMillis(rules.breaker().faultPause()),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "no call after 2 faults in a row, doubled by each further one; 0 for none")
                .millis(
                        "KAGU_DISPATCHER_FAULT_PAUSE_MAX_MS",
                        Duration.ofMillis(rules.breaker().faultPauseMax()),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24),
                        "the longest such pause")
                .formed(
                        "KAGU_DISPATCHER_TENANT_WEIGHTS",
                        "",
                        TenantWeights::parse,
                        TenantWeights.FORM,
                        "parts of a lane that tenants get; one part unless said")
                .millis(
                        "KAGU_DISPATCHER_RETENTION_MS",
                        Duration.ofHours(24),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30),
                        "how long a job that ended is known")
                .word(
                        "KAGU_DISPATCHER_GROUP_PROTOCOL",
                        "classic",
                        List.of("classic", "streams"),
                        "how replicas share the partitions")
                .millis(
                        "KAGU_DISPATCHER_SESSION_TIMEOUT_MS",
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        "silence after which a replica is taken for dead")
                .integer(
                        "KAGU_DISPATCHER_STANDBY_REPLICAS",
                        1,
                        0,
                        2,
                        "further replicas that keep each store up to date")
                .millis(
                        "KAGU_DISPATCHER_STOP_GRACE_MS",
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofMinutes(10),
                        "how long a clean stop lets calls go on");
    }

    /** The record of checked settings. */
    public static DispatcherConfig of(Settings settings) {
        HttpConfig http =
                new HttpConfig(
                                settings.text("KAGU_DISPATCHER_HOST"),
                                settings.integer("KAGU_DISPATCHER_PORT"),
                                SMALL_BODY)
                        .withRealPort()
                        .checked(
                                "KAGU_DISPATCHER_HOST",
                                settings.flag("KAGU_DISPATCHER_ALLOW_REMOTE"),
                                "KAGU_DISPATCHER_ALLOW_REMOTE");
        return new DispatcherConfig(
                http,
                ReplicaAddress.advertised(settings.text(ADVERTISED_URL), http),
                Path.of(settings.text("KAGU_DISPATCHER_STATE_DIR")),
                settings.integer("KAGU_DISPATCHER_THREADS"),
                settings.integer("KAGU_DISPATCHER_CALL_BUDGET"),
                rules(settings),
                settings.millis("KAGU_DISPATCHER_RETENTION_MS"),
                settings.text("KAGU_DISPATCHER_GROUP_PROTOCOL"),
                settings.millis("KAGU_DISPATCHER_SESSION_TIMEOUT_MS"),
                settings.integer("KAGU_DISPATCHER_STANDBY_REPLICAS"),
                settings.millis("KAGU_DISPATCHER_STOP_GRACE_MS"));
    }

    private static void checkAdvertised(String url) {
        if (!url.isBlank()) {
            ReplicaAddress _ = ReplicaAddress.parse(url);
        }
    }

    /**
     * How long no heartbeat may be acknowledged before this replica ends its own calls: half of the
     * time after which others call them lost, so that they have ended by then.
     */
    Duration selfFenceAfter() {
        return Duration.ofMillis(rules.lostAfter() / 2);
    }

    private static PoolRules rules(Settings settings) {
        PoolRules rules = PoolRules.DEFAULTS;
        return new PoolRules(
                retries(settings),
                settings.millis("KAGU_DISPATCHER_MAX_WAIT_MS").toMillis(),
                settings.integer("KAGU_DISPATCHER_POOL_CAPACITY"),
                settings.millis("KAGU_DISPATCHER_LOST_AFTER_MS").toMillis(),
                rules.unlistedAfter(),
                rules.abortGrace(),
                rules.abortEvery(),
                rules.unservedAfter(),
                rules.batch(),
                new BreakerRules(
                        settings.integer("KAGU_DISPATCHER_BREAKER_FAULTS"),
                        settings.millis("KAGU_DISPATCHER_BREAKER_PAUSE_MS").toMillis(),
                        settings.millis("KAGU_DISPATCHER_FAULT_PAUSE_MS").toMillis(),
                        settings.millis("KAGU_DISPATCHER_FAULT_PAUSE_MAX_MS").toMillis()),
                TenantWeights.parse(settings.text("KAGU_DISPATCHER_TENANT_WEIGHTS")));
    }

    private static RetryRules retries(Settings settings) {
        RetryRules rules = RetryRules.DEFAULTS;
        return new RetryRules(
                settings.integer("KAGU_DISPATCHER_MAX_ATTEMPTS"),
                rules.maxLosses(),
                rules.backoffBase(),
                rules.backoffMax(),
                settings.integer("KAGU_DISPATCHER_POISON_FAULTS"),
                settings.integer("KAGU_DISPATCHER_RETRY_PERCENT"),
                settings.integer("KAGU_DISPATCHER_RETRIES_PER_SECOND"));
    }
}
