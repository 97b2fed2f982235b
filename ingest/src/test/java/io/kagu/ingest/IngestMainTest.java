package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.Ports;
import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.config.SettingsException;
import io.kagu.common.topic.TopicException;
import io.kagu.contract.ContractClient;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

@ExtendWith(KafkaExtension.class)
class IngestMainTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theRoleMakesItsTopicsServesAndEndsWhenTold(TestKafka kafka, @TempDir Path folder)
            throws Exception {
        int port = new Ports(ThreadLocalRandom.current()).free();
        Map<String, String> environment =
                Map.of(
                        "KAGU_KAFKA_BOOTSTRAP", kafka.bootstrapServers(),
                        "KAGU_TOPIC_PREFIX", kafka.topicPrefix(),
                        "KAGU_INGEST_GPUS", GpuFile.in(folder).toString(),
                        "KAGU_INGEST_PORT", Integer.toString(port));
        Thread role = Thread.ofPlatform().start(() -> IngestMain.run(environment));

        await().atMost(PATIENCE).ignoreExceptions().until(() -> status(port, "ready") == 200);
        role.interrupt();

        assertThat(role.join(PATIENCE)).isTrue();
        assertThatThrownBy(() -> status(port, "live")).isInstanceOf(IOException.class);
    }

    @Test
    void aTopicThatIsDeletedMakesTheRoleNotReadyAndEndsIt(TestKafka kafka, @TempDir Path folder)
            throws Exception {
        int port = new Ports(ThreadLocalRandom.current()).free();
        String prefix = kafka.topicPrefix() + "deleted.";
        Map<String, String> environment =
                Map.of(
                        "KAGU_KAFKA_BOOTSTRAP", kafka.bootstrapServers(),
                        "KAGU_TOPIC_PREFIX", prefix,
                        "KAGU_INGEST_GPUS", GpuFile.in(folder).toString(),
                        "KAGU_INGEST_PORT", Integer.toString(port));
        CompletableFuture<Void> role =
                CompletableFuture.runAsync(
                        () -> IngestMain.run(environment), task -> Thread.ofPlatform().start(task));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> status(port, "ready") == 200);
        String topic = prefix + "jobs.low";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }

        await().atMost(PATIENCE).until(() -> status(port, "ready") == 503);
        assertThat(role)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TopicException.class)
                .withMessageStartingWith("topic " + topic + " was deleted while it was in use");
    }

    @Test
    void aBadSettingStopsTheStart() {
        assertThatThrownBy(() -> IngestMain.run(Map.of("KAGU_INGEST_PROT", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("did you mean KAGU_INGEST_PORT?");
    }

    private static int status(int port, String probe) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/health/" + probe);
        try (HttpClient client = ContractClient.create()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
