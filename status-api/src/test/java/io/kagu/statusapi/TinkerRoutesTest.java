package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What Tinker clients are told of their samples, by either of two replicas on a real broker. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TinkerRoutesTest {

    private static final String RETRIEVE = "/api/v1/retrieve_future";
    private static final byte[] RESPONSE =
            """
            {"choices":[{"index":0,"finish_reason":"stop","token_ids":[4,5],
             "logprobs":{"token_logprobs":[-0.5,-0.25],"tokens":["token_id:4","token_id:5"]}}]}
            """
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir static Path dirs;

    private StatusUnderTest first;
    private StatusReplica second;

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        first = StatusUnderTest.on(kafka, dirs.resolve("first"));
        second = first.another(dirs.resolve("second"), 0);
        first.queue(
                QueueStory.at(Instant.now().plus(Duration.ofHours(1)))
                        .lane(Priority.NORMAL, 8, 3)
                        .withRate(2)
                        .status());
        await().until(() -> first.get("/v1/jobs").body().contains("\"incomplete\":false"));
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
    }

    private List<StatusReplica> both() {
        return List.of(first.replica(), second);
    }

    private static JobStory newJob() {
        return new JobStory(JobIds.next());
    }

    private static CompletableFuture<HttpResponse<String>> ask(StatusReplica replica, String body) {
        return replica.send(
                replica.request(RETRIEVE).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As clients do, it asks again at once on 503. */
    private static HttpResponse<String> retrieve(StatusReplica replica, String id) {
        return await().until(
                        () -> ask(replica, "{\"request_id\":\"%s\"}".formatted(id)).join(),
                        answer -> answer.statusCode() != 503);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return StatusReplica.json(answer);
    }

    @Test
    void aResultIsToldByEitherReplicaAndMoreThanOnce() {
        for (int i = 0; i < 8; i++) {
            JobStory job = newJob();
            first.result(job.id(), 200, "application/json", RESPONSE);
            first.event(job.completed());

            for (StatusReplica replica : both()) {
                HttpResponse<String> answer = retrieve(replica, job.id());

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .isEqualTo(
                                "{\"type\":\"sample\",\"sequences\":[{\"stop_reason\":\"stop\","
                                        + "\"tokens\":[4,5],\"logprobs\":[-0.5,-0.25]}],"
                                        + "\"prompt_logprobs\":null}");
            }
        }
    }

    @Test
    void aPollIsHeldUntilTheResultIsThere() throws Exception {
        JobStory job = newJob();
        first.event(job.running());
        var polls =
                both().stream()
                        .map(replica -> ask(replica, "{\"request_id\":\"%s\"}".formatted(job.id())))
                        .toList();
        await().until(() -> first.waiting() + waiting(second) >= 2);

        first.result(job.id(), 200, "application/json", RESPONSE);
        first.event(job.completed());

        for (CompletableFuture<HttpResponse<String>> poll : polls) {
            assertThat(poll.get().statusCode()).isEqualTo(200);
        }
    }

    private static double waiting(StatusReplica replica) {
        return replica.registry().get("kagu.status.waiters").gauge().value();
    }

    @Test
    void aPendingSampleIs408WithWhereItStands() throws Exception {
        JobStory job = newJob();
        first.event(job.queued());
        List<Future<HttpResponse<String>>> polls;
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            polls =
                    both().stream()
                            .map(replica -> askers.submit(() -> retrieve(replica, job.id())))
                            .toList();
        }

        for (Future<HttpResponse<String>> poll : polls) {
            HttpResponse<String> answer = poll.get();

            assertThat(answer.statusCode()).isEqualTo(408);
            JsonNode body = json(answer);
            assertThat(body.path("request_id").asText()).isEqualTo(job.id());
            assertThat(body.path("queue_state").asText()).isEqualTo("active");
            assertThat(body.path("queue_state_reason").asText()).contains("4 ahead");
            assertThat(body.path("queue_position").isInt()).isTrue();
            assertThat(body.path("queue_depth").isInt()).isTrue();
            assertThat(body.path("estimated_wait_s").isDouble()).isTrue();
            assertThat(answer.headers().firstValue("X-Should-Retry")).contains("false");
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(answer.headers().firstValue("X-Queue-Position")).contains("4");
            assertThat(answer.headers().firstValue("X-Queue-Depth")).contains("8");
            assertThat(answer.headers().firstValue("X-Queue-ETA-S")).contains("2.0");
            assertThat(answer.headers().firstValue("X-Queue-Status")).contains("waiting");
        }
    }

    @Test
    void aFailedSampleIs200WithTheError() {
        JobStory rejected = newJob();
        JobStory exhausted = newJob();
        JobStory broken = newJob();
        first.event(rejected.ended(JobStatus.DEAD, "rejected"));
        first.event(exhausted.ended(JobStatus.DEAD, "attempts_exhausted"));
        first.result(broken.id(), 200, "application/json", new byte[] {'{'});
        first.event(broken.completed());

        for (StatusReplica replica : both()) {
            assertThat(retrieve(replica, rejected.id()).body())
                    .isEqualTo("{\"error\":\"dead: because of rejected\",\"category\":\"user\"}");
            assertThat(json(retrieve(replica, exhausted.id())).path("category").asText())
                    .isEqualTo("server");
            HttpResponse<String> unusable = retrieve(replica, broken.id());
            assertThat(unusable.statusCode()).isEqualTo(200);
            assertThat(json(unusable).path("error").asText()).contains("cannot be used");
            assertThat(json(unusable).path("category").asText()).isEqualTo("server");
        }
    }

    @Test
    void aRequestThatNobodyTookIsGone() {
        for (StatusReplica replica : both()) {
            HttpResponse<String> answer = retrieve(replica, JobIds.next());

            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(json(answer).path("error").asText()).isEqualTo("unknown_request");
        }
        assertThat(retrieve(second, "..").statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"request_id\":null}", "{\"request_id\":7}", "{"})
    void aBodyWithoutARequestIsRefusedForGood(String body) {
        HttpResponse<String> answer = ask(second, body).join();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("category").asText()).isEqualTo("user");
    }

    @Test
    void whatWasAskedOfThePromptIsReadFromTheId() {
        JobStory job = new JobStory(JobIds.next() + ".top1");
        byte[] response =
                """
                {"choices":[{"finish_reason":"stop","token_ids":[4],"prompt_token_ids":[1,2],
                 "prompt_logprobs":[null,{"2":{"logprob":-2.0,"rank":3},
                                          "9":{"logprob":-0.1,"rank":1}}]}]}
                """
                        .getBytes(StandardCharsets.UTF_8);
        first.result(job.id(), 200, "application/json", response);
        first.event(job.completed());

        assertThat(retrieve(second, job.id()).body())
                .contains(
                        "\"prompt_logprobs\":[null,-2.0],"
                                + "\"topk_prompt_logprobs\":[null,[[9,-0.1]]]");
    }

    @Test
    void noBodyIsAnsweredWithAFaultOfOurs() {
        long seed = Long.getLong("kagu.seed", 20_260_102L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            String body = body(random);
            StatusReplica replica = both().get(random.nextInt(2));

            assertThat(ask(replica, body).join().statusCode())
                    .as("seed %d: %.300s", seed, body)
                    .isIn(400, 410, 413, 422);
        }
    }

    private static String body(SplittableRandom random) {
        StringBuilder body = new StringBuilder("{\"request_id\":\"");
        int length = random.nextInt(random.nextInt(10) == 0 ? 100_000 : 40);
        for (int i = 0; i < length; i++) {
            body.append((char) random.nextInt(random.nextInt(8) == 0 ? 1 : 'a', '{'));
        }
        return body.append(random.nextInt(8) == 0 ? "" : "\"}").toString();
    }
}
