package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.Ports;
import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.contract.ContractClient;

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
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

@ExtendWith(KafkaExtension.class)
class StatusMainTest {

    private final HttpClient http = ContractClient.create();

    @Test
    void servesFromTheTopicsItMadeUntilItIsStopped(TestKafka kafka, @TempDir Path stateDir)
            throws Exception {
        int port = new Ports(ThreadLocalRandom.current()).free();
        Map<String, String> environment =
                Map.of(
                        "KAGU_KAFKA_BOOTSTRAP", kafka.bootstrapServers(),
                        "KAGU_TOPIC_PREFIX", kafka.topicPrefix(),
                        "KAGU_TOPIC_PARTITIONS", "1",
                        "KAGU_STATUS_PORT", Integer.toString(port),
                        "KAGU_STATUS_STATE_DIR", stateDir.toString());
        Thread process = Thread.ofPlatform().start(() -> StatusMain.run(environment));

        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(port, "/health/ready").statusCode() == 200);
        assertThat(get(port, "/v1/queue").body()).contains("pools");
        assertThat(get(port, "/v1/jobs/unknown").statusCode()).isEqualTo(404);
        assertThat(get(port, "/metrics").body())
                .contains("kagu_status_fold_lag_records", "kagu_status_requests_seconds_count");

        process.interrupt();
        assertThat(process.join(Duration.ofSeconds(60))).isTrue();
    }

    private HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
