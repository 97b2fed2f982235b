package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.ingest.RunningIngest.Reply;
import io.kagu.ingest.core.Statuses;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What Tinker clients call at the front door, and what they are told. */
@ExtendWith(KafkaExtension.class)
class TinkerOverHttpTest {

    private static final String SAMPLE = "/api/v1/asample";
    private static final String SESSION = "/api/v1/create_sampling_session";
    private static final String[] BACKPRESSURE = {"X-Tinker-Sampling-Backpressure", "1"};

    private RunningIngest ingest;

    @BeforeEach
    void start(TestKafka kafka, @TempDir Path folder) throws Exception {
        ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(),
                        kafka.topicPrefix() + UUID.randomUUID() + ".",
                        Optional.of(GpuFile.in(folder)));
        await().atMost(Duration.ofMinutes(1)).until(ingest::ready);
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void aSampleOfASessionIsQueuedAsACompletion() throws Exception {
        String session = session("tiny-4b");

        Reply reply =
                ingest.post(
                        SAMPLE,
                        sample("\"sampling_session_id\":\"%s\",\"seq_id\":3".formatted(session)),
                        "X-API-Key",
                        "tml-s3cret",
                        "X-Kagu-Priority",
                        "high");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("sample_sequence_ids")).hasSize(2);
        ConsumerRecord<String, byte[]> row = row(Priority.HIGH, reply);
        assertThat(row.key()).isEqualTo("small");
        assertThat(job(row, Priority.HIGH).path()).isEqualTo("/v1/completions");
        assertThat(job(row, Priority.HIGH).tokens()).hasValue(3 + 2 * 8);
        JsonNode body = Json.tree(row.value());
        assertThat(body.path("model").asText()).isEqualTo("tiny-4b");
        assertThat(body.path("prompt").toString()).isEqualTo("[1,2,3]");
        row.headers()
                .forEach(header ->
                        assertThat(new String(header.value(), StandardCharsets.UTF_8))
                                .doesNotContain("s3cret"));
    }

    @Test
    void repeatsAreTheSameRequest() throws Exception {
        String session = session("tiny-4b");
        String place = "\"sampling_session_id\":\"%s\",\"seq_id\":1".formatted(session);

        String first = requestId(ingest.post(SAMPLE, sample(place), "X-Idempotency-Key", "a"));
        String second = requestId(ingest.post(SAMPLE, sample(place), "X-Idempotency-Key", "b"));
        String byKey = keyed("k");

        assertThat(second).isEqualTo(first);
        assertThat(keyed("k")).isEqualTo(byKey).isNotEqualTo(first).isNotEqualTo(keyed("l"));
    }

    private String keyed(String key) throws Exception {
        return requestId(
                ingest.post(SAMPLE, sample("\"base_model\":\"best\""), "X-Idempotency-Key", key));
    }

    @Test
    void everySessionHasAnIdOfItsOwn() throws Exception {
        assertThat(session("qwen-35b")).isNotEqualTo(session("qwen-35b"));
    }

    @ParameterizedTest
    @CsvSource({
        "base_model, qwen-35b",
        "base_model, standard",
        "model_path, tinker://qwen-35b",
        "model_path, best"
    })
    void aModelIsNamedByNameAliasOrPath(String field, String name) throws Exception {
        String named = "\"%s\":\"%s\"".formatted(field, name);

        assertThat(ingest.post(SESSION, sessionOf(named)).status()).isEqualTo(200);
        assertThat(ingest.post(SAMPLE, sample(named)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"base_model, gone", "model_path, tinker://run:0/weights/final"})
    void aModelThatIsNotServedIsAnErrorThatNoClientRepeats(String field, String name)
            throws Exception {
        String named = "\"%s\":\"%s\"".formatted(field, name);

        for (Reply reply :
                List.of(
                        ingest.post(SESSION, sessionOf(named)),
                        ingest.post(SAMPLE, sample(named)))) {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.json().path("error").asText()).isEqualTo("unknown_model");
            assertThat(reply.json().path("category").asText()).isEqualTo("user");
            assertThat(reply.json().path("message").asText()).contains(field, "qwen-35b");
        }
    }

    @Test
    void aSessionWithoutWhatItNeedsIsRefused() throws Exception {
        assertThat(ingest.post(SESSION, "{}").json().at("/details/field").asText())
                .isEqualTo("session_id");
        assertThat(ingest.post(SESSION, "{\"session_id\":\"s\"}").status()).isEqualTo(422);
        assertThat(
                        ingest.post(SESSION, sessionOf("\"base_model\":null"))
                                .json()
                                .at("/details/field")
                                .asText())
                .isEqualTo("base_model");
        assertThat(ingest.post(SESSION, "{").status()).isEqualTo(400);
    }

    @Test
    void aTamperedSessionIsRefusedClearly() throws Exception {
        String session = session("qwen-35b");
        String changed = session.substring(0, session.length() - 1) + "x";

        Reply reply =
                ingest.post(SAMPLE, sample("\"sampling_session_id\":\"%s\"".formatted(changed)));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("message").asText()).contains("create_sampling_session");
    }

    @Test
    void aFullQueueIs429ToThoseWhoSlowDownAnd503ToOthers() throws Exception {
        ingest.write(ingest.topics.queueStatus(), "chat", Json.write(Statuses.waiting(0, 50, 0)));
        String sample = sample("\"base_model\":\"qwen-35b\"");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ingest.post(SAMPLE, sample).status() == 503);

        Reply slowing = ingest.post(SAMPLE, sample, BACKPRESSURE);
        Reply other = ingest.post(SAMPLE, sample);

        assertThat(slowing.status()).isEqualTo(429);
        assertThat(slowing.header("Retry-After")).contains("30");
        assertThat(other.status()).isEqualTo(503);
        assertThat(other.header("Retry-After")).contains("30");
        assertThat(other.json().path("error").asText()).isEqualTo("queue_full");
        assertThat(other.json().path("category").asText()).isEqualTo("server");
        assertThat(ingest.post(SAMPLE, sample, "X-Tinker-Sampling-Backpressure", "0").status())
                .isEqualTo(503);
    }

    @Test
    void whatIsTooLargeIsNeverRepeated() throws Exception {
        String prompt = "7,".repeat(RunningIngest.MAX_BODY / 2) + "7";

        Reply reply =
                ingest.post(
                        SAMPLE,
                        "{\"prompt\":{\"chunks\":[{\"tokens\":[%s]}]}}".formatted(prompt),
                        BACKPRESSURE);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("category").asText()).isEqualTo("user");
    }

    @Test
    void theRestIsAnsweredAsClientsExpect() throws Exception {
        assertThat(ingest.post("/api/v1/create_session", "{\"tags\":[]}").json().path("session_id"))
                .isNotEqualTo(ingest.post("/api/v1/create_session", "").json().path("session_id"));
        assertThat(ingest.post("/api/v1/session_heartbeat", "{}").raw().body()).isEqualTo("{}");
        assertThat(ingest.post("/api/v1/client/config", "{}").raw().body()).isEqualTo("{}");
        assertThat(ingest.post("/api/v1/telemetry", "{\"events\":[]}").raw().body())
                .isEqualTo("{\"status\":\"accepted\"}");
        assertThat(ingest.get("/api/v1/healthz").raw().body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(
                        ingest.get("/api/v1/get_server_capabilities")
                                .json()
                                .findValuesAsText("model_name"))
                .containsExactly("best", "qwen-35b", "standard", "tiny-4b");
    }

    private String session(String model) throws Exception {
        return ingest.post(SESSION, sessionOf("\"base_model\":\"%s\"".formatted(model)))
                .json()
                .path("sampling_session_id")
                .asText();
    }

    private static String sessionOf(String model) {
        return "{\"session_id\":\"any\",\"sampling_session_seq_id\":0,%s}".formatted(model);
    }

    private static String sample(String fields) {
        return """
        {%s, "num_samples": 2, "prompt": {"chunks": [{"tokens": [1, 2, 3]}]},
         "sampling_params": {"max_tokens": 8}}
        """
                .formatted(fields);
    }

    private static String requestId(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().path("request_id").asText();
    }

    private ConsumerRecord<String, byte[]> row(Priority lane, Reply reply) {
        String id = requestId(reply);
        return ingest.records(ingest.topics.jobs(lane)).stream()
                .filter(row -> job(row, lane).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Job job(ConsumerRecord<String, byte[]> row, Priority lane) {
        return JobRecords.read(
                row.headers(),
                lane,
                new JobRecords.Origin(row.topic(), row.partition(), row.offset(), Instant.EPOCH));
    }
}
