package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.config.SettingSource;
import io.kagu.common.config.SettingsException;
import io.kagu.common.http.ReplicaAddress;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class StatusConfigTest {

    @Test
    void defaultsListenOnLoopbackAndRememberADay() {
        StatusConfig config = config(Map.of());

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8082);
        assertThat(config.stateDir()).isEqualTo(Path.of("data/status-api"));
        assertThat(config.retention()).isEqualTo(Duration.ofHours(24));
        assertThat(config.letterRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.maxWaiters()).isEqualTo(10_000);
        assertThat(config.cachePercent()).isEqualTo(10);
        assertThat(config.address()).isEqualTo(new ReplicaAddress("127.0.0.1", 8082));
        assertThat(config.standbys()).isZero();
        assertThat(config.thresholds()).isEqualTo(new Thresholds(10_000, 6_000, 7_000, 8_000));
    }

    @Test
    void everyKeyIsRead() {
        StatusConfig config =
                config(
                        Map.of(
                                "KAGU_STATUS_HOST", "0.0.0.0",
                                "KAGU_STATUS_ALLOW_REMOTE", "true",
                                "KAGU_STATUS_PORT", "0",
                                "KAGU_STATUS_STATE_DIR", "/var/lib/kagu",
                                "KAGU_STATUS_RETENTION_HOURS", "48",
                                "KAGU_STATUS_DLQ_RETENTION_HOURS", "72",
                                "KAGU_STATUS_MAX_WAITERS", "7",
                                "KAGU_STATUS_CACHE_PERCENT", "25",
                                "KAGU_STATUS_ADVERTISED_URL", "http://status-2:9000",
                                "KAGU_STATUS_STANDBY_REPLICAS", "1"));

        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(config.http().port()).isPositive();
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/kagu"));
        assertThat(config.retention()).isEqualTo(Duration.ofHours(48));
        assertThat(config.letterRetention()).isEqualTo(Duration.ofDays(3));
        assertThat(config.maxWaiters()).isEqualTo(7);
        assertThat(config.cachePercent()).isEqualTo(25);
        assertThat(config.address()).isEqualTo(new ReplicaAddress("status-2", 9000));
        assertThat(config.standbys()).isEqualTo(1);
    }

    @Test
    void theThresholdsOfAdmissionAreReadAsTheIngestServiceReadsThem() {
        assertThat(config(Map.of("KAGU_ADMISSION_CAPACITY", "50")).thresholds())
                .isEqualTo(new Thresholds(50, 30, 35, 40));
    }

    @Test
    void othersAreToldTheRealPortAndAnAddressTheyCanReach() {
        StatusConfig config =
                config(
                        Map.of(
                                "KAGU_STATUS_HOST", "0.0.0.0",
                                "KAGU_STATUS_ALLOW_REMOTE", "true",
                                "KAGU_STATUS_PORT", "0"));

        assertThat(config.address().port()).isEqualTo(config.http().port()).isPositive();
        assertThat(config.address().host()).isNotEqualTo("0.0.0.0");
    }

    @Test
    void anAddressThatOthersCannotAskIsRefused() {
        for (String url :
                new String[] {
                    "status-2:9000",
                    "http://status-2",
                    "https://status-2:9000",
                    "http://status-2:9000/",
                    "http://user@status-2:9000",
                    "http://s:99999",
                    "x y"
                }) {
            assertThatThrownBy(() -> config(Map.of("KAGU_STATUS_ADVERTISED_URL", url)))
                    .as(url)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("KAGU_STATUS_ADVERTISED_URL=" + url)
                    .hasMessageContaining("http://host:port");
        }
    }

    @Test
    void listeningBeyondLoopbackMustBeAllowed() {
        assertThatThrownBy(() -> config(Map.of("KAGU_STATUS_HOST", "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_STATUS_ALLOW_REMOTE");
    }

    @Test
    void badValuesAndMistypedKeysStopTheStart() {
        assertThatThrownBy(() ->
                        config(
                                Map.of(
                                        "KAGU_STATUS_RETENTION_HOURS", "0",
                                        "KAGU_STATUS_PROT", "80")))
                .hasMessageContaining("KAGU_STATUS_RETENTION_HOURS=0")
                .hasMessageContaining("did you mean KAGU_STATUS_PORT?");
    }

    private static StatusConfig config(Map<String, String> environment) {
        return StatusConfig.of(
                StatusConfig.table().read(List.of(new SettingSource("test", environment))));
    }
}
