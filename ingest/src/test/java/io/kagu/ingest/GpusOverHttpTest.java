package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.ingest.RunningIngest.Reply;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Changes of registered GPUs against a real Kafka; the test is the dispatcher. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpusOverHttpTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private RunningIngest ingest;
    private RunningIngest other;

    @BeforeAll
    void start(TestKafka kafka) {
        ingest = RunningIngest.start(kafka.bootstrapServers(), kafka.topicPrefix(), none());
        other = RunningIngest.start(kafka.bootstrapServers(), kafka.topicPrefix(), none());
        await().atMost(SOON).until(() -> ingest.ready() && other.ready());
    }

    @AfterAll
    void stop() {
        other.close();
        ingest.close();
    }

    private static Optional<Path> none() {
        return Optional.empty();
    }

    private static String entry(String pool, String model) {
        return """
        {"endpoint": "http://127.0.0.1:9", "pool": "%s", "models": ["%s"]}\
        """
                .formatted(pool, model);
    }

    private Reply put(String gpu, String pool) throws Exception {
        return ingest.put("/v1/gpus/" + gpu, entry(pool, "model-of-" + pool));
    }

    private Map<String, GpuSpec> stored() {
        Map<String, byte[]> rows = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> row : ingest.records(ingest.topics.registry())) {
            rows.put(row.key(), row.value());
        }
        rows.values().removeIf(Objects::isNull);
        Map<String, GpuSpec> gpus = new TreeMap<>();
        rows.forEach((gpu, row) -> gpus.put(gpu, Json.read(row, GpuSpec.class)));
        return gpus;
    }

    private void ownerSays(String pool, String gpu, int running) throws Exception {
        String status =
                """
                {"schema": 1, "pool": "%s", "owner": "o", "time": "%s", "lanes": [],
                 "running": %d, "slots": 4, "gpus": [
                   {"name": "%s", "slots": 4, "running": %d, "breaker": "CLOSED"}]}\
                """
                        .formatted(pool, Instant.now().plusSeconds(60), running, gpu, running);
        ingest.write(ingest.topics.queueStatus(), pool, status.getBytes(UTF_8));
    }

    @Test
    void aRegisteredGpuServesItsModelAtOnce() throws Exception {
        Reply created = put("new", "new-pool");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("name").asText()).isEqualTo("new");
        assertThat(created.json().path("slots").asInt()).isEqualTo(1);
        assertThat(ingest.post("/v1/jobs", "{\"model\": \"model-of-new-pool\"}").status())
                .isEqualTo(202);
        assertThat(put("new", "new-pool").status()).isEqualTo(200);
        assertThat(stored().get("new").pool()).isEqualTo("new-pool");
    }

    @Test
    void aPutThatChangesNothingWritesNothing() throws Exception {
        put("same", "same-pool");
        int rows = ingest.records(ingest.topics.registry()).size();

        assertThat(put("same", "same-pool").status()).isEqualTo(200);

        assertThat(ingest.records(ingest.topics.registry())).hasSize(rows);
    }

    @Test
    void anUnknownFieldIsNamedWithTheKnownOnes() throws Exception {
        Reply reply =
                ingest.put(
                        "/v1/gpus/typo",
                        """
                        {"endpoint": "http://h", "models": ["m"], "limits": {"rpm": 3}}\
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("unknown_field");
        assertThat(reply.json().path("field").asText()).isEqualTo("limits.rpm");
        assertThat(reply.json().path("known").toString()).contains("requests_per_minute");
    }

    @Test
    void theNameIsThatOfThePath() throws Exception {
        Reply reply =
                ingest.put(
                        "/v1/gpus/one",
                        """
                        {"name": "two", "endpoint": "http://h", "models": ["m"]}\
                        """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_field");
    }

    @Test
    void aChangeIsJudgedWithAllOtherGpus() throws Exception {
        put("first", "judged");

        Reply reply = ingest.put("/v1/gpus/second", entry("elsewhere", "model-of-judged"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("invalid_registry");
        assertThat(reply.json().path("faults").get(0).asText())
                .isEqualTo(
                        "model model-of-judged: served in pool judged and in pool elsewhere;"
                                + " a model belongs to exactly one");
        assertThat(stored()).doesNotContainKey("second");
    }

    @Test
    void theLastGpuOfAFallbackStays() throws Exception {
        put("small", "falls");
        String big =
                """
                {"endpoint": "http://h", "pool": "falls",
                 "models": [{"name": "big", "fallbacks": ["model-of-falls"]}]}\
                """;
        assertThat(ingest.put("/v1/gpus/big", big).status()).isEqualTo(201);

        Reply reply = ingest.delete("/v1/gpus/small?force=true");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("faults").toString())
                .contains("model big: fallback model-of-falls is served by no GPU");
    }

    @Test
    void aDrainIsKeptUntilTheGpuIsResumed() throws Exception {
        put("drains", "drained");

        for (int i = 0; i < 2; i++) {
            Reply drained = ingest.post("/v1/gpus/drains/drain", "");
            assertThat(drained.status()).isEqualTo(200);
            assertThat(drained.json().path("draining").asBoolean()).isTrue();
        }
        assertThat(stored().get("drains").draining()).isTrue();
        assertThat(ingest.post("/v1/gpus/drains/resume", "").status()).isEqualTo(200);
        assertThat(stored().get("drains").draining()).isFalse();
    }

    @Test
    void aGpuThatTakesCallsIsNeitherDeletedNorMoved() throws Exception {
        put("busy", "works");

        Reply deleted = ingest.delete("/v1/gpus/busy");
        Reply moved = ingest.put("/v1/gpus/busy", entry("another", "another"));

        for (Reply reply : List.of(deleted, moved)) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().path("code").asText()).isEqualTo("gpu_not_drained");
            assertThat(reply.json().path("draining").asBoolean()).isFalse();
        }
        assertThat(stored()).containsKey("busy");
    }

    @Test
    void aDrainedGpuIsMovedAndDeletedOnceNoCallRuns() throws Exception {
        put("moves", "before");
        ingest.post("/v1/gpus/moves/drain", "");
        ownerSays("before", "moves", 2);
        await().atMost(SOON)
                .until(() -> running(ingest.delete("/v1/gpus/moves")).equals(Optional.of(2)));

        ownerSays("before", "moves", 0);

        await().atMost(SOON).until(() -> put("moves", "after").status() == 200);
        assertThat(stored().get("moves").pool()).isEqualTo("after");
        assertThat(stored().get("moves").draining()).isFalse();
        ingest.post("/v1/gpus/moves/drain", "");
        ownerSays("after", "moves", 0);
        await().atMost(SOON).until(() -> ingest.delete("/v1/gpus/moves").status() == 204);
        assertThat(stored()).doesNotContainKey("moves");
        assertThat(ingest.delete("/v1/gpus/moves").status()).isEqualTo(404);
    }

    private static Optional<Integer> running(Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        JsonNode running = reply.json().path("running");
        return running.isInt() ? Optional.of(running.asInt()) : Optional.empty();
    }

    @Test
    void byForceAGpuIsDeletedAtOnce() throws Exception {
        put("dead", "forced");
        ownerSays("forced", "dead", 1);

        assertThat(ingest.delete("/v1/gpus/dead?force=perhaps").status()).isEqualTo(422);
        assertThat(ingest.delete("/v1/gpus/dead?force=true").status()).isEqualTo(204);

        assertThat(stored()).doesNotContainKey("dead");
    }

    @Test
    void aDamagedRowCanBeDeleted() throws Exception {
        ingest.write(ingest.topics.registry(), "damaged", new byte[] {'{'});

        await().atMost(SOON).until(() -> ingest.delete("/v1/gpus/damaged").status() == 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /v1/gpus/x", "POST /v1/gpus/x/drain", "POST /v1/gpus/x/resume"})
    void aGpuThatIsNotRegisteredIsNotFound(String call) throws Exception {
        String[] words = call.split(" ", 2);

        Reply reply = ingest.send(words[0], words[1], "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("code").asText()).isEqualTo("gpu_not_found");
    }

    @Test
    void ofTwoChangesThatContradictEachOtherOneStands() throws Exception {
        for (int i = 0; i < 10; i++) {
            String model = "contested-" + i;
            String one = "/v1/gpus/one-" + i;
            String two = "/v1/gpus/two-" + i;
            CompletableFuture<Reply> first = concurrently(ingest, one, entry("left", model));
            CompletableFuture<Reply> second = concurrently(other, two, entry("right", model));

            List<Integer> statuses = List.of(first.get().status(), second.get().status());

            assertThat(statuses).containsAnyOf(409, 422).contains(201);
            int n = i;
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(stored().keySet())
                                    .as("both answered %s", statuses)
                                    .filteredOn(
                                            gpu -> gpu.endsWith("e-" + n) || gpu.endsWith("o-" + n))
                                    .hasSize(1));
        }
    }

    private static CompletableFuture<Reply> concurrently(
            RunningIngest where, String path, String entry) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return where.put(path, entry);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
