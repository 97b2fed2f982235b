package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.ingest.RunningIngest.Reply;
import io.kagu.ingest.core.Statuses;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

@ExtendWith(KafkaExtension.class)
class AdmissionOverHttpTest {

    private RunningIngest ingest;

    @BeforeEach
    void start(TestKafka kafka, @TempDir Path folder) throws Exception {
        ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(),
                        kafka.topicPrefix() + UUID.randomUUID() + ".",
                        Optional.of(GpuFile.in(folder)));
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void ownAcceptancesFillThePoolToTheLastPlaceExactly() throws Exception {
        for (int waiting = 0; waiting < 50; waiting++) {
            Reply reply = submit("high");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.header("X-Queue-Status"))
                    .isEqualTo(waiting < 30 ? Optional.empty() : Optional.of("warn"));
        }

        Reply full = submit("high");

        assertThat(full.status()).isEqualTo(503);
        assertThat(full.json().get("code").asText()).isEqualTo("queue_full");
        assertThat(full.header("Retry-After")).contains("30");
        assertThat(submit("low", "tiny-4b").status()).isEqualTo(202);
    }

    @Test
    void whatThePoolsOwnerSaysDecides() throws Exception {
        ingest.write(ingest.topics.queueStatus(), "chat", Json.write(Statuses.waiting(2, 38, 0)));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(submit("low").status()).isEqualTo(503));

        Reply low = submit("low");
        assertThat(low.json().get("code").asText()).isEqualTo("overloaded");
        assertThat(low.json().get("threshold").asInt()).isEqualTo(35);
        assertThat(low.json().get("waiting").asInt()).isGreaterThanOrEqualTo(40);
        assertThat(submit("normal").json().get("code").asText()).isEqualTo("overloaded");

        Reply high = submit("high");
        assertThat(high.status()).isEqualTo(202);
        assertThat(high.header("X-Queue-Status")).contains("warn");
        assertThat(high.json().get("position").asInt()).isEqualTo(2);
        assertThat(submit("high").json().get("position").asInt()).isEqualTo(3);
    }

    private Reply submit(String priority) throws Exception {
        return submit(priority, "standard");
    }

    private Reply submit(String priority, String model) throws Exception {
        return ingest.post("/v1/jobs", "{}", "X-Kagu-Model", model, "X-Kagu-Priority", priority);
    }
}
