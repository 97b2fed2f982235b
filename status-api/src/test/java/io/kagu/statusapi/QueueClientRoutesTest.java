package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.GpuStatus;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** What existing queue clients are told, over HTTP on a real broker. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueClientRoutesTest {

    @TempDir static Path stateDir;

    private StatusUnderTest status;

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        status = StatusUnderTest.on(kafka, stateDir);
        assertThat(json("/status").path("queue_depth").isNull()).isTrue();
        status.gpu(
                "card",
                """
                {"name":"card","endpoint":"http://h","pool":"main","type":"L4","order":3,
                 "models":["chat","code"],"vram_mb":24000,
                 "sidecar":{"kind":"json","url":"http://h"}}\
                """
                        .getBytes(StandardCharsets.UTF_8));
        status.gpu(
                "bare",
                """
                {"name":"bare","endpoint":"http://b","pool":"main","models":["chat"]}\
                """
                        .getBytes(StandardCharsets.UTF_8));
        status.metrics(metrics());
        status.queue(
                QueueStory.at(Instant.now().plus(Duration.ofHours(1)))
                        .lane(Priority.HIGH, 2, 1)
                        .lane(Priority.NORMAL, 8, 3)
                        .withRate(2)
                        .withGpus(
                                new GpuStatus(
                                        "card",
                                        1,
                                        1,
                                        "HALF_OPEN",
                                        Optional.empty(),
                                        Optional.empty()))
                        .status());
        status.heartbeat(
                new Heartbeat(
                        Heartbeat.SCHEMA,
                        "executor-1",
                        Instant.now(),
                        Instant.now(),
                        "1",
                        List.of(),
                        4,
                        9,
                        false,
                        0));
        await().until(() ->
                json("/status").path("gpu_health").size() == 2
                        && json("/status").path("queue_depth").asInt() == 10
                        && json("/consumers").path("consumers").size() == 1
                        && json("/gpus").path("card").path("health").asText().equals("ok"));
    }

    private static GpuMetrics metrics() {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                "card",
                Instant.now().plus(Duration.ofHours(1)),
                GpuMetrics.Health.OK,
                Optional.empty(),
                OptionalDouble.of(50),
                OptionalLong.of(4000),
                OptionalLong.of(16000),
                OptionalDouble.of(70),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    @AfterAll
    void stop() {
        status.close();
    }

    private JsonNode json(String path) {
        return StatusReplica.json(status.get(path));
    }

    private static JobStory newJob() {
        return new JobStory(UUID.randomUUID().toString());
    }

    @Test
    void theWholeQueueIsToldAtOnce() {
        JsonNode answer = json("/status");

        assertThat(answer.path("queue_depth").asInt()).isEqualTo(10);
        assertThat(answer.path("pending_depth").asInt()).isEqualTo(2);
        assertThat(answer.path("thresholds").toString())
                .isEqualTo("{\"warn\":30,\"overloaded\":40,\"open\":50}");
        assertThat(answer.path("circuit_breaker").path("card").toString())
                .isEqualTo("{\"state\":\"half_open\",\"failures\":null}");
        assertThat(answer.path("circuit_breaker").path("bare").path("state").isNull()).isTrue();
        assertThat(answer.path("gpu_health").path("card").path("gpu_util_pct").asDouble())
                .isEqualTo(50);
        assertThat(answer.path("consumers").path(0).path("consumer_id").asText())
                .isEqualTo("executor-1");
    }

    @Test
    void aGpuTellsWhatIsKnownOfIt() {
        JsonNode card = json("/gpus").path("card");
        assertThat(card.path("endpoint").asText()).isEqualTo("http://h");
        assertThat(card.path("model").asText()).isEqualTo("chat");
        assertThat(card.path("type").asText()).isEqualTo("L4");
        assertThat(card.path("priority").asInt()).isEqualTo(3);
        assertThat(card.path("vram_total_mb").asInt()).isEqualTo(16000);
        assertThat(card.path("vram_used_mb").asInt()).isEqualTo(4000);
        assertThat(card.path("vram_pct").asDouble()).isEqualTo(25);
        assertThat(card.path("temp_c").asDouble()).isEqualTo(70);
        assertThat(card.path("load_score").asDouble()).isEqualTo(38.5);

        JsonNode bare = json("/gpus").path("bare");
        assertThat(bare.path("health").isNull()).isTrue();
        assertThat(bare.path("vram_total_mb").isNull()).isTrue();
        assertThat(bare.path("load_score").isNull()).isTrue();
    }

    @Test
    void aConsumerTellsItsHeartbeat() {
        JsonNode consumer = json("/consumers").path("consumers").path(0);

        assertThat(consumer.path("jobs_processed").asInt()).isEqualTo(9);
        assertThat(consumer.path("last_heartbeat").asDouble())
                .isBetween(1e9, Instant.now().toEpochMilli() / 1000.0 + 1);
        assertThat(consumer.path("status").asText()).isNotEmpty();
    }

    @Test
    void theFifoQueueTellsItsLengthAndItsPace() {
        JsonNode answer = json("/api/queue/status");

        assertThat(answer.path("pending").asInt()).isEqualTo(10);
        assertThat(answer.path("max_size").asInt()).isEqualTo(50);
        assertThat(answer.path("estimated_wait_seconds").asDouble()).isEqualTo(5);
        assertThat(answer.path("failed_total").isNull()).isTrue();
        assertThat(answer.has("worker_running")).isTrue();
    }

    @Test
    void aServiceThatCanAnswerIsHealthy() {
        assertThat(json("/health").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void aJobIsFoundWithItsWholeResult() {
        JobStory job = newJob();
        String text = "x".repeat(3000);
        status.result(job.id(), 200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
        status.event(job.completed());

        JsonNode answer =
                await().until(
                                () -> json("/status/" + job.id()),
                                it -> it.path("status").asText().equals("completed"));

        assertThat(answer.path("result").asText()).isEqualTo(text);
        assertThat(answer.path("job_id").asText()).isEqualTo(job.id());
    }

    @Test
    void aJobThatNobodyAcceptedIsNotFound() {
        for (String id : new String[] {UUID.randomUUID().toString(), "%0a"}) {
            HttpResponse<String> answer = status.get("/status/" + id);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("{\"error\":\"job not found\"}");
        }
    }

    @Test
    void aDeadLetterIsListedCountedAndRetriedOnce() {
        JobStory job = newJob();
        Instant died = Instant.now().truncatedTo(ChronoUnit.SECONDS); // letters are kept for a week
        status.event(job.ended(JobStatus.DEAD, "rejected"));
        status.letter(new LetterStory(job.id()).at(died), new byte[] {(byte) 1});
        await().until(() -> status.get("/dlq").body().contains(job.id()));

        JsonNode letter = json("/dlq").path("dead_letter_queue").path(0);
        assertThat(letter.path("message_id").asText()).isEqualTo(job.id());
        assertThat(letter.path("job_id").asText()).isEqualTo(job.id());
        assertThat(letter.path("dlq_reason").asText()).contains("4 attempts failed");
        assertThat(letter.path("dlq_at").asDouble()).isEqualTo(died.getEpochSecond());
        assertThat(json("/status").path("dlq_depth").asInt()).isEqualTo(1);

        HttpResponse<String> retried = status.post("/dlq/" + job.id() + "/retry", "");
        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(retried.body())
                .isEqualTo("{\"job_id\":\"%s\",\"status\":\"requeued\"}".formatted(job.id()));
        await().until(() -> status.requeues(job.id()).size() == 1);

        status.takeLetterBack(job.id());
        await().until(() -> json("/status").path("dlq_depth").asInt() == 0);
        HttpResponse<String> again = status.post("/dlq/" + job.id() + "/retry", "");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo("{\"error\":\"dead letter not found\"}");
    }
}
