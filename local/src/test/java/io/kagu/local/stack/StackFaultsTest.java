package io.kagu.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.BrokerStartException;
import io.kagu.common.config.SettingsException;
import io.kagu.common.gpu.RegistryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What keeps a stack from starting is said clearly, and nothing is left running. */
final class StackFaultsTest {

    @TempDir private Path dir;

    private LocalStackConfig config() {
        return LocalStackConfig.of(dir.resolve("data"), Map.of());
    }

    @Test
    void aBusyPort() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalStack.start(config().withPort(busy.getLocalPort())))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("is taken by another process");
        }
    }

    @Test
    void aBusyKafkaPort() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalStack.start(config().withKafkaPort(busy.getLocalPort())))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining(Integer.toString(busy.getLocalPort()));
        }
    }

    @Test
    void aFileInPlaceOfTheFolder() throws IOException {
        Files.writeString(dir.resolve("data"), "mine");

        assertThatThrownBy(() -> LocalStack.start(config()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("is a file");
        assertThat(dir.resolve("data")).hasContent("mine");
    }

    @Test
    void damagedKafkaData() throws IOException {
        Path kafka = dir.resolve("data/kafka");
        Path meta;
        try (LocalStack _ = LocalStack.start(config());
                var files = Files.walk(kafka)) {
            meta = files.filter(it -> it.endsWith("meta.properties")).findFirst().orElseThrow();
        }
        Files.writeString(meta, "\0\0garbage");

        assertThatThrownBy(() -> LocalStack.start(config()))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining(kafka.toString());
    }

    @Test
    void damagedStores() throws IOException {
        Path dispatcher = dir.resolve("data/dispatcher");
        LocalStack.start(config()).close();
        try (var files = Files.walk(dispatcher)) {
            for (Path file : files.filter(it -> it.endsWith("CURRENT")).toList()) {
                Files.writeString(file, "garbage");
            }
        }

        assertThatThrownBy(() -> LocalStack.start(config()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Delete " + dispatcher)
                .hasMessageContaining("rebuilt from Kafka");
    }

    @Test
    void aRegistryThatCannotBeRead() {
        assertThatThrownBy(() ->
                        LocalStack.start(config().withGpus(Optional.of(dir.resolve("no.yaml")))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no.yaml");
    }

    @Test
    void aSettingThatDoesNotExist() {
        assertThatThrownBy(() ->
                        LocalStack.start(LocalStackConfig.of(dir, Map.of("KAGU_TOPIC_PREFX", "x"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_TOPIC_PREFX");
    }
}
