package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.ingest.scrape.SwitchableSidecar;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

@ExtendWith(KafkaExtension.class)
class GpuMetricsOfIngestTest {

    private static final String GPUS =
            """
            gpus:
              - name: gpu-a
                endpoint: http://127.0.0.1:9/
                models: [tiny-4b]
                sidecar: {kind: json, url: "%s"}
            """;

    @Test
    void ingestScrapesTheGpusOfItsFile(TestKafka kafka, @TempDir Path folder) throws Exception {
        try (SwitchableSidecar sidecar = SwitchableSidecar.saying("{\"gpu_util_pct\": 12.5}")) {
            Path file =
                    Files.writeString(
                            folder.resolve("gpus.yaml"), GPUS.formatted(sidecar.url().toString()));
            try (RunningIngest ingest =
                    RunningIngest.start(
                            kafka.bootstrapServers(), kafka.topicPrefix(), Optional.of(file))) {
                String topic = ingest.topics.metrics();
                await().atMost(Duration.ofMinutes(1)).until(() -> !ingest.records(topic).isEmpty());

                ConsumerRecord<String, byte[]> row = ingest.records(topic).getFirst();
                assertThat(row.key()).isEqualTo("gpu-a");
                assertThat(Json.read(row.value(), GpuMetrics.class).gpuUtilPct()).hasValue(12.5);
                assertThat(ingest.get("/metrics").raw().body())
                        .contains("kagu_ingest_scrapes_total{gpu=\"gpu-a\",result=\"ok\"}")
                        .contains("kagu_ingest_scrape_duration_seconds_count");
            }
        }
    }
}
