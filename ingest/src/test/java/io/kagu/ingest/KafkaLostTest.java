package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;
import io.kagu.ingest.RunningIngest.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

class KafkaLostTest {

    @Test
    void aJobThatKafkaDoesNotConfirmIsNotAcknowledged(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(folder.resolve("data")));
                RunningIngest ingest =
                        RunningIngest.start(
                                broker.bootstrapServers(),
                                "lost.",
                                Optional.of(GpuFile.in(folder)),
                                Duration.ofSeconds(5))) {
            assertThat(ingest.post("/v1/jobs", "{\"model\":\"best\"}").status()).isEqualTo(202);

            broker.kill();

            // Each request has a time limit of its own: an answer at all is an answer in bounds.
            aSingleJobIsNotStored(ingest);
            noLineOfABatchIsStored(ingest);
            assertThat(ingest.get("/health/live").status()).isEqualTo(200);
        }
    }

    private static void aSingleJobIsNotStored(RunningIngest ingest) throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":\"best\"}", "X-Kagu-Id", "lost-1");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().get("code").asText()).isEqualTo("not_stored");
        assertThat(reply.json().get("id").asText()).isEqualTo("lost-1");
        assertThat(reply.json().get("detail").asText()).contains("lost-1, is safe");
        assertThat(reply.header("Retry-After")).contains("5");
    }

    private static void noLineOfABatchIsStored(RunningIngest ingest) throws Exception {
        Reply reply =
                ingest.post("/v1/jobs:batch", "{\"model\":\"best\",\"payload\":{}}\n".repeat(15));

        assertThat(reply.lines())
                .hasSize(15)
                .allSatisfy(line ->
                        assertThat(line.at("/error/code").asText()).isEqualTo("not_stored"));
    }
}
