package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Map.entry;

import io.kagu.common.config.SettingSource;
import io.kagu.common.config.SettingsException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.dispatcher.core.BreakerRules;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.core.RetryRules;
import io.kagu.dispatcher.core.TenantWeights;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DispatcherConfigTest {

    @Test
    void defaultsListenOnLoopbackAndKeepThePoolsUsualRules() {
        DispatcherConfig config = config(Map.of());

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8083);
        assertThat(config.stateDir()).isEqualTo(Path.of("kagu-data/dispatcher"));
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.callBudget()).isEqualTo(2_000);
        assertThat(config.rules()).isEqualTo(PoolRules.DEFAULTS);
        assertThat(config.retention()).isEqualTo(Duration.ofHours(24));
        assertThat(config.groupProtocol()).isEqualTo("classic");
        assertThat(config.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyKeyOfTheServiceIsRead() {
        DispatcherConfig config =
                config(
                        Map.of(
                                "KAGU_DISPATCHER_HOST", "0.0.0.0",
                                "KAGU_DISPATCHER_ALLOW_REMOTE", "true",
                                "KAGU_DISPATCHER_PORT", "0",
                                "KAGU_DISPATCHER_STATE_DIR", "/var/lib/kagu",
                                "KAGU_DISPATCHER_THREADS", "3",
                                "KAGU_DISPATCHER_CALL_BUDGET", "40",
                                "KAGU_DISPATCHER_RETENTION_MS", "60000",
                                "KAGU_DISPATCHER_GROUP_PROTOCOL", "streams",
                                "KAGU_DISPATCHER_SESSION_TIMEOUT_MS", "1500",
                                "KAGU_DISPATCHER_STOP_GRACE_MS", "0"));

        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(config.http().port()).as("a free one").isPositive();
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/kagu"));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.callBudget()).isEqualTo(40);
        assertThat(config.retention()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.groupProtocol()).isEqualTo("streams");
        assertThat(config.sessionTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(config.stopGrace()).isZero();
    }

    @Test
    void othersReachItWhereItListensUnlessToldOtherwise() {
        String key = "KAGU_DISPATCHER_ADVERTISED_URL";

        assertThat(config(Map.of()).address().url()).isEqualTo("http://127.0.0.1:8083");
        assertThat(config(Map.of(key, "http://dispatcher-2:9000")).address())
                .isEqualTo(new ReplicaAddress("dispatcher-2", 9000));
        assertThatThrownBy(() -> config(Map.of(key, "http://dispatcher-2/path")))
                .hasMessageContaining(ReplicaAddress.FORM);
    }

    @Test
    void aReplicaEndsItsCallsBeforeOthersCallThemLost() {
        DispatcherConfig patient = config(Map.of("KAGU_DISPATCHER_LOST_AFTER_MS", "20000"));

        assertThat(config(Map.of()).selfFenceAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(patient.selfFenceAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyKeyOfThePoolsRulesIsRead() {
        PoolRules rules =
                config(
                                Map.ofEntries(
                                        entry("KAGU_DISPATCHER_MAX_ATTEMPTS", "9"),
                                        entry("KAGU_DISPATCHER_POISON_FAULTS", "5"),
                                        entry("KAGU_DISPATCHER_RETRY_PERCENT", "50"),
                                        entry("KAGU_DISPATCHER_RETRIES_PER_SECOND", "3"),
                                        entry("KAGU_DISPATCHER_POOL_CAPACITY", "12"),
                                        entry("KAGU_DISPATCHER_MAX_WAIT_MS", "5000"),
                                        entry("KAGU_DISPATCHER_LOST_AFTER_MS", "7000"),
                                        entry("KAGU_DISPATCHER_BREAKER_FAULTS", "5"),
                                        entry("KAGU_DISPATCHER_BREAKER_PAUSE_MS", "9000"),
                                        entry("KAGU_DISPATCHER_FAULT_PAUSE_MS", "4000"),
                                        entry("KAGU_DISPATCHER_FAULT_PAUSE_MAX_MS", "60000"),
                                        entry("KAGU_DISPATCHER_TENANT_WEIGHTS", "acme=3,beta=2")))
                        .rules();

        PoolRules usual = PoolRules.DEFAULTS;
        assertThat(rules)
                .isEqualTo(
                        new PoolRules(
                                new RetryRules(9, 10, 1_000, 300_000, 5, 50, 3),
                                5_000,
                                12,
                                7_000,
                                usual.unlistedAfter(),
                                usual.abortGrace(),
                                usual.abortEvery(),
                                usual.unservedAfter(),
                                usual.batch(),
                                new BreakerRules(5, 9_000, 4_000, 60_000),
                                TenantWeights.parse("acme=3,beta=2")));
    }

    @ParameterizedTest
    @CsvSource({
        "KAGU_DISPATCHER_PORT, 65536, [0..65535]",
        "KAGU_DISPATCHER_THREADS, 0, [1..64]",
        "KAGU_DISPATCHER_CALL_BUDGET, many, int of [1..5000]",
        "KAGU_DISPATCHER_LOST_AFTER_MS, 3999, [4000..300000]",
        "KAGU_DISPATCHER_GROUP_PROTOCOL, raft, '[classic, streams]'",
        "KAGU_DISPATCHER_ALLOW_REMOTE, perhaps, true or false",
        "KAGU_DISPATCHER_TENANT_WEIGHTS, acme=0, weights of 1 to 1000",
        "KAGU_DISPATCHER_TENANT_WEIGHTS, acme, 'tenant=weight,tenant=weight'",
    })
    void aBadValueIsNamedWithItsKeyItsSourceAndItsRange(String key, String value, String range) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key + "=" + value + " (from test)")
                .hasMessageContaining(asKafkaWritesIt(range));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAGU_DISPATCHER_THREADS", "0");
        environment.put("KAGU_DISPATCHER_MAX_ATTEMPTS", "0");

        assertThatThrownBy(() -> config(environment))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.faults()).hasSize(2));
    }

    @Test
    void anUnknownKeyIsAnErrorWithTheNearestOne() {
        assertThatThrownBy(() -> config(Map.of("KAGU_DISPATCHER_THREAD", "2")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_DISPATCHER_THREAD (from test)")
                .hasMessageContaining("did you mean KAGU_DISPATCHER_THREADS?");
    }

    @Test
    void keysOfOtherServicesAreNoError() {
        assertThat(config(Map.of("KAGU_INGEST_PORT", "1", "KAGU_STATUS_PORT", "2")))
                .isEqualTo(config(Map.of()));
    }

    @Test
    void listeningBeyondLoopbackMustBeAllowed() {
        assertThatThrownBy(() -> config(Map.of("KAGU_DISPATCHER_HOST", "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_DISPATCHER_HOST=0.0.0.0")
                .hasMessageContaining("KAGU_DISPATCHER_ALLOW_REMOTE=true");
    }

    /** Kafka writes a range as [low,...,high]. */
    private static String asKafkaWritesIt(String range) {
        return range.replace("..", ",...,");
    }

    private static DispatcherConfig config(Map<String, String> environment) {
        return DispatcherConfig.of(
                DispatcherConfig.table().read(List.of(new SettingSource("test", environment))));
    }
}
