package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a file of GPUs does at a restart to what was changed over HTTP. */
@ExtendWith(KafkaExtension.class)
class GpuFileAfterChangesTest {

    private final TestKafka kafka;
    private final Path folder;

    GpuFileAfterChangesTest(TestKafka kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.folder = folder;
    }

    private Path file(String... entries) throws IOException {
        StringBuilder yaml = new StringBuilder("gpus:\n");
        for (String entry : entries) {
            yaml.append("  - {endpoint: http://127.0.0.1:9, ").append(entry).append("}\n");
        }
        return Files.writeString(folder.resolve("gpus.yaml"), yaml);
    }

    private RunningIngest start(String part, Path gpus) {
        RunningIngest ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(), kafka.topicPrefix() + part, Optional.of(gpus));
        await().atMost(Duration.ofMinutes(1)).until(ingest::ready);
        return ingest;
    }

    private static Map<String, GpuSpec> stored(RunningIngest ingest) {
        Map<String, GpuSpec> rows = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> row : ingest.records(ingest.topics.registry())) {
            if (row.value() == null) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), Json.read(row.value(), GpuSpec.class));
            }
        }
        return rows;
    }

    @Test
    void onlyEntriesThatChangedAreApplied() throws Exception {
        String kept = "name: kept, models: [m]";
        try (RunningIngest ingest =
                start(
                        "applied.",
                        file(kept, "name: edited, models: [m]", "name: left, models: [m]"))) {
            assertThat(ingest.post("/v1/gpus/kept/drain", "").status()).isEqualTo(200);
            assertThat(ingest.post("/v1/gpus/edited/drain", "").status()).isEqualTo(200);
            String added = "{\"endpoint\": \"http://127.0.0.1:9\", \"models\": [\"m\"]}";
            assertThat(ingest.put("/v1/gpus/added", added).status()).isEqualTo(201);
        }

        try (RunningIngest again =
                start("applied.", file(kept, "name: edited, models: [m], slots: 7"))) {
            Map<String, GpuSpec> gpus = stored(again);
            assertThat(gpus).containsOnlyKeys("added", "edited", "kept");
            assertThat(gpus.get("kept").draining()).isTrue();
            assertThat(gpus.get("edited").slots()).isEqualTo(7);
            assertThat(gpus.get("edited").draining()).isTrue();
        }
    }

    @Test
    void aFileThatContradictsWhatWasRegisteredSinceIsNotApplied() throws Exception {
        try (RunningIngest ingest = start("against.", file("name: a, models: [m]"))) {
            String added =
                    "{\"endpoint\": \"http://127.0.0.1:9\", \"pool\": \"p\", \"models\": [\"n\"]}";
            assertThat(ingest.put("/v1/gpus/added", added).status()).isEqualTo(201);
        }

        try (RunningIngest again = start("against.", file("name: a, models: [m, n]"))) {
            assertThat(stored(again).get("a").models()).hasSize(1);
            assertThat(again.post("/v1/jobs", "{\"model\": \"n\"}").status()).isEqualTo(202);
        }
    }
}
