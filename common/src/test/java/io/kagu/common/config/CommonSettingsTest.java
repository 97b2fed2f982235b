package io.kagu.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.GeneratedDoc;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class CommonSettingsTest {

    @TempDir Path folder;

    private static Settings read(Map<String, String> environment) {
        return CommonSettings.table().read(SettingSource.of(environment));
    }

    @Test
    void theDefaultsFitOneMachine() {
        Settings settings = read(Map.of());

        assertThat(CommonSettings.kafka(settings)).isEqualTo(KafkaConfig.of("127.0.0.1:9092"));
        assertThat(CommonSettings.topics(settings))
                .isEqualTo(new TopicConfig("kagu.", 8, (short) 1, 1 << 20, 8 << 20, 72));
    }

    @Test
    void everyKeyReachesItsPlace() throws IOException {
        Path properties = folder.resolve("client.properties");
        Files.writeString(properties, "security.protocol=SSL\n");
        Settings settings =
                read(
                        Map.of(
                                "KAGU_KAFKA_BOOTSTRAP", "a:1,b:2",
                                "KAGU_KAFKA_PROPERTIES", properties.toString(),
                                "KAGU_TOPIC_PREFIX", "test.",
                                "KAGU_TOPIC_PARTITIONS", "3",
                                "KAGU_TOPIC_REPLICATION", "2",
                                "KAGU_TOPIC_RETENTION_HOURS", "4",
                                "KAGU_MAX_BODY_BYTES", "5000",
                                "KAGU_MAX_RESPONSE_BYTES", "6000"));

        assertThat(CommonSettings.kafka(settings))
                .isEqualTo(new KafkaConfig("a:1,b:2", Map.of("security.protocol", "SSL")));
        assertThat(CommonSettings.topics(settings))
                .isEqualTo(new TopicConfig("test.", 3, (short) 2, 5000, 6000, 4));
    }

    @Test
    void aMissingPropertiesFileIsToldUnderItsOwnKey() {
        Settings settings = read(Map.of("KAGU_KAFKA_PROPERTIES", "/no/such/file"));

        assertThatThrownBy(() -> CommonSettings.kafka(settings))
                .hasMessageContaining("KAGU_KAFKA_PROPERTIES=/no/such/file: there is no such file");
    }

    @Test
    void keysOfOtherServicesPassAndOwnOnesMustBeKnown() {
        SettingTable ingest = CommonSettings.table("KAGU_INGEST_");
        List<SettingSource> others =
                SettingSource.of(Map.of("KAGU_STATUS_PORT", "1", "KAGU_DISPATCHER_CALLS", "1"));

        assertThat(CommonSettings.topics(ingest.read(others)).prefix()).isEqualTo("kagu.");
        assertThatThrownBy(() -> ingest.read(SettingSource.of(Map.of("KAGU_INGEST_PROT", "1"))))
                .hasMessageContaining("KAGU_INGEST_PROT (from environment) is no setting");
    }

    @Test
    void theDocumentationListsEveryKey() throws IOException {
        GeneratedDoc.assertSays(
                "settings.md", "common settings", CommonSettings.table().toMarkdown());
    }
}
