package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.gpu.RegistryException;
import io.kagu.ingest.RunningIngest.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

@ExtendWith(KafkaExtension.class)
class NothingToServeTest {

    @Test
    void anEmptyRegistryIsAReasonToComeBackLater(TestKafka kafka) throws Exception {
        try (RunningIngest ingest = start(kafka, "empty.", Optional.empty())) {
            await().atMost(Duration.ofMinutes(1)).until(ingest::ready);

            Reply reply = ingest.post("/v1/jobs", "{\"model\":\"m\"}");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().get("code").asText()).isEqualTo("registry_empty");
            assertThat(reply.header("Retry-After")).isPresent();
        }
    }

    @Test
    void aMissingFileOfGpusStopsTheStart(TestKafka kafka) {
        Path missing = Path.of("no-such-gpus.yaml");

        assertThatThrownBy(() -> start(kafka, "missing.", Optional.of(missing)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no-such-gpus.yaml");
    }

    @Test
    void aBadFileOfGpusStopsTheStart(TestKafka kafka, @TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("gpus.yaml"), "gpus:\n  - nam: x\n");

        assertThatThrownBy(() -> start(kafka, "bad.", Optional.of(bad)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("gpus.yaml: line ");
    }

    @Test
    void aSecondStartWithTheSameFileChangesNothing(TestKafka kafka, @TempDir Path folder)
            throws Exception {
        Optional<Path> gpus = Optional.of(GpuFile.in(folder));
        start(kafka, "twice.", gpus).close();

        try (RunningIngest again = start(kafka, "twice.", gpus)) {
            assertThat(again.records(again.topics.registry())).hasSize(2);
            assertThat(again.post("/v1/jobs", "{\"model\":\"best\"}").status()).isEqualTo(202);
        }
    }

    private static RunningIngest start(TestKafka kafka, String part, Optional<Path> gpus) {
        return RunningIngest.start(kafka.bootstrapServers(), kafka.topicPrefix() + part, gpus);
    }
}
