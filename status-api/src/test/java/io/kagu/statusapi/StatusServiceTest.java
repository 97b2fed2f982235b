package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.PauseCommand;
import io.kagu.common.job.PauseScope;
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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The service over HTTP on a real broker; the test is dispatcher and ingest. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusServiceTest {

    private static final Predicate<HttpResponse<String>> HTTP_OK =
            answer -> answer.statusCode() == 200;

    @TempDir static Path stateDir;

    private StatusUnderTest status;
    private final JobStory story = new JobStory(UUID.randomUUID().toString());

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        status = StatusUnderTest.on(kafka, stateDir);
    }

    @AfterAll
    void stop() {
        status.close();
    }

    private JobStory newJob() {
        return new JobStory(UUID.randomUUID().toString());
    }

    @Test
    void aJobThatNobodyAcceptedIsNotFound() {
        for (String path : new String[] {"/v1/jobs/no-such-job", "/v1/jobs/no-such-job/result"}) {
            HttpResponse<String> answer = status.get(path);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).path("code").asText()).isEqualTo("job_not_found");
        }
        assertThat(status.delete("/v1/jobs/no-such-job").statusCode()).isEqualTo(404);
    }

    @Test
    void aJobIsFoundAsSoonAsItsAcceptanceIsAcknowledged() {
        for (int i = 0; i < 20; i++) {
            JobStory job = newJob();
            status.event(job.accepted());

            assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aJobTellsItsViewItsPlaceAndItsLinks() {
        status.queue(
                QueueStory.at(Instant.now().plus(Duration.ofHours(1)))
                        .lane(Priority.HIGH, 1, 1)
                        .lane(Priority.NORMAL, 10, 5)
                        .withRate(2)
                        .status());
        JobStory job = newJob();
        status.event(job.queued(7));

        JsonNode answer =
                await().until(
                                () -> json(status.get("/v1/jobs/" + job.id())),
                                node -> node.has("estimated_wait_s"));

        assertThat(answer.path("id").asText()).isEqualTo(job.id());
        assertThat(answer.path("state").asText()).isEqualTo("QUEUED");
        assertThat(answer.path("priority").asText()).isEqualTo("normal");
        assertThat(answer.path("submitted_at").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(answer.path("queue_position").asInt()).isEqualTo(3);
        assertThat(answer.path("queue_depth").asInt()).isEqualTo(11);
        assertThat(answer.path("estimated_wait_s").asDouble()).isEqualTo(1.5);
        assertThat(answer.path("as_of").asText()).isNotEmpty();
        assertThat(answer.path("links").path("result").asText())
                .isEqualTo("/v1/jobs/" + job.id() + "/result");
    }

    @Test
    void anUnchangedJobIsNotSentAgain() {
        JobStory job = newJob();
        status.event(job.completed());
        String etag = status.get("/v1/jobs/" + job.id()).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = status.get("/v1/jobs/" + job.id(), "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(etag);
    }

    @Test
    void aResponseIsTheGpusOwn() {
        JobStory job = newJob();
        byte[] body = "data: {\"ok\":true}\n\n".getBytes(StandardCharsets.UTF_8);
        status.event(job.completed());
        status.result(job.id(), 201, "text/event-stream", body);

        HttpResponse<String> answer = status.get("/v1/jobs/" + job.id() + "/result?wait=10");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("data: {\"ok\":true}\n\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(answer.headers().firstValue("X-Kagu-Gpu")).contains(JobStory.GPU);
        assertThat(answer.headers().firstValue("X-Kagu-Attempt")).contains("1");
    }

    @Test
    void whileAJobWaitsItsResultIsPending() {
        JobStory job = newJob();
        status.event(job.queued());

        HttpResponse<String> answer = status.get("/v1/jobs/" + job.id() + "/result");

        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.headers().firstValue("X-Should-Retry")).contains("false");
        assertThat(answer.headers().firstValue("X-Queue-Status")).contains("waiting");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(json(answer).path("request_id").asText()).isEqualTo(job.id());
        assertThat(json(answer).path("type").asText()).isEqualTo("pending");
        assertThat(json(answer).path("retry_after_s").isInt()).isTrue();
    }

    @Test
    void aLongPollIsReleasedByTheArrivingResult() throws Exception {
        JobStory job = newJob();
        status.event(job.running());
        CompletableFuture<HttpResponse<String>> poll =
                status.getAsync("/v1/jobs/" + job.id() + "/result?wait=60");
        await().until(() -> status.waiting() > 0);

        status.result(job.id(), 200, "application/json", new byte[] {'1'});
        status.event(job.completed());

        HttpResponse<String> answer = poll.get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("1");
    }

    @Test
    void aJobThatEndedWithoutAResponseSaysWhy() {
        for (JobStatus end :
                new JobStatus[] {JobStatus.DEAD, JobStatus.CANCELLED, JobStatus.EXPIRED}) {
            JobStory job = newJob();
            status.event(job.ended(end, "some_code"));

            HttpResponse<String> answer = status.get("/v1/jobs/" + job.id() + "/result?wait=60");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(json(answer).path("code").asText())
                    .isEqualTo("job_" + end.name().toLowerCase(Locale.ROOT));
            assertThat(json(answer).path("reason").path("code").asText()).isEqualTo("some_code");
        }
    }

    @Test
    void aWaitThatIsNoNumberOfSecondsIsRefused() {
        for (String wait : new String[] {"-1", "soon", "1.5"}) {
            HttpResponse<String> answer =
                    status.get("/v1/jobs/" + story.id() + "/result?wait=" + wait);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).path("code").asText()).isEqualTo("bad_wait");
        }
    }

    @Test
    void aCancelWritesTheCommandAndTellsItsEffect() throws Exception {
        JobStory job = newJob();
        status.event(job.queued());
        CompletableFuture<HttpResponse<String>> cancel = status.deleteAsync("/v1/jobs/" + job.id());

        JobCommand command = status.command(job.id());
        assertThat(command.type()).isEqualTo(JobCommand.Type.CANCEL);
        assertThat(command.schema()).isEqualTo(1);
        assertThat(command.run()).hasValue(1);
        status.event(job.ended(JobStatus.CANCELLED, "cancelled"));

        HttpResponse<String> answer = cancel.get();
        assertThat(answer.statusCode()).isIn(200, 202);
        assertThat(await().until(() -> status.delete("/v1/jobs/" + job.id()), HTTP_OK).body())
                .contains("CANCELLED");
    }

    @Test
    void aRunningJobThatDoesNotStopAtOnceIsAnsweredWithItsPresentState() {
        JobStory job = newJob();
        status.event(job.running());

        HttpResponse<String> answer = status.delete("/v1/jobs/" + job.id());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void cancellingAnEndedJobChangesNothing() {
        JobStory job = newJob();
        status.event(job.completed());

        HttpResponse<String> answer = status.delete("/v1/jobs/" + job.id());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(status.hasCommand(job.id())).isFalse();
    }

    @Test
    void theQueueTellsEachPoolAndWhetherItIsStale() {
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(1));
        status.queue(QueueStory.at(longAgo).lane(Priority.LOW, 4, 1).status("old-pool"));

        JsonNode pool = await().until(() -> status.pool("old-pool"), node -> !node.isMissingNode());

        assertThat(pool.path("stale").asBoolean()).isTrue();
        assertThat(pool.path("waiting").asInt()).isEqualTo(4);
        assertThat(pool.path("lanes").path(0).path("priority").asText()).isEqualTo("low");
        assertThat(pool.path("lanes").path(0).path("oldest_age_s").asDouble()).isGreaterThan(60);
    }

    @Test
    void aRegisteredGpuTellsItsEntryItsMetricsAndItsLeases() {
        String pool = "gpu-pool";
        String entry =
                """
                {"name":"card","endpoint":"http://h","pool":"gpu-pool","models":["m"],"slots":4,
                 "sidecar":{"kind":"json","url":"http://h"}}\
                """;
        status.gpu("card", entry.getBytes(StandardCharsets.UTF_8));
        status.gpu("broken", new byte[] {'{'});
        status.metrics(
                new GpuMetrics(
                        1,
                        "card",
                        Instant.now(),
                        GpuMetrics.Health.DOWN,
                        Optional.of("too hot"),
                        OptionalDouble.of(99),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.of(90),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty()));
        status.queue(
                QueueStory.at(Instant.now().plus(Duration.ofHours(1)))
                        .withGpus(
                                new GpuStatus(
                                        "card", 4, 2, "CLOSED", Optional.empty(), Optional.empty()))
                        .status(pool));

        JsonNode gpu =
                await().until(
                                () -> json(status.get("/v1/gpus/card")),
                                node -> node.has("running") && node.path("metrics").has("as_of"));

        assertThat(gpu.path("spec").path("slots").asInt()).isEqualTo(4);
        assertThat(gpu.path("running").asInt()).isEqualTo(2);
        assertThat(gpu.path("usable").asBoolean()).isFalse();
        assertThat(gpu.path("reason").path("code").asText()).isEqualTo("down");
        assertThat(gpu.path("metrics").path("temp_c").asDouble()).isEqualTo(90);
        assertThat(gpu.has("load_score")).isFalse();
        JsonNode all = json(status.get("/v1/gpus"));
        assertThat(all.path("gpus").findValuesAsText("name")).contains("card");
        assertThat(all.path("left_out").has("broken")).isTrue();
    }

    @Test
    void aPauseIsWrittenForThePoolsOwnerUnderTheModelsOwnName() {
        String entry =
                """
                {"name":"paused-card","endpoint":"http://h","pool":"pause-pool","slots":1,
                 "models":[{"name":"long-name","aliases":["nick"]}]}\
                """;
        status.gpu("paused-card", entry.getBytes(StandardCharsets.UTF_8));
        await().until(() -> status.get("/v1/gpus/paused-card").statusCode() == 200);

        HttpResponse<String> answer =
                status.post(
                        "/v1/queue/pause-pool/pause",
                        "{\"priority\":\"low\",\"model\":\"nick\",\"for_s\":60}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("type").asText()).isEqualTo("pause");
        PauseScope scope =
                status.pauseCommand("pause-pool", PauseCommand.Type.PAUSE).pause().scope();
        assertThat(scope)
                .isEqualTo(new PauseScope(Optional.of(Priority.LOW), Optional.of("long-name")));
        assertThat(status.post("/v1/queue/pause-pool/resume", "").statusCode()).isEqualTo(202);
        assertThat(status.pauseCommand("pause-pool", PauseCommand.Type.RESUME).pause().scope())
                .isEqualTo(PauseScope.POOL);
    }

    @Test
    void aPoolThatNobodyKnowsCannotBePaused() {
        for (String pool : new String[] {"no-such-pool", "%20", "..%2F", "a%2Fb", "%00"}) {
            HttpResponse<String> answer = status.post("/v1/queue/" + pool + "/pause", "");

            assertThat(answer.statusCode()).as(pool).isIn(400, 404);
        }
        assertThat(json(status.post("/v1/queue/no-such-pool/pause", "")).path("code").asText())
                .isEqualTo("pool_not_found");
        assertThat(status.hasPauseCommand("no-such-pool")).isFalse();
    }

    @Test
    void aPauseThatCannotBeReadIsRefusedAndWritesNothing() {
        status.queue(QueueStory.at(Instant.now()).status("hostile-pool"));
        await().until(() -> !status.pool("hostile-pool").isMissingNode());
        String[] bodies = {
            "{", "[]", "\u0000", "{\"for_s\":1e400}", "{\"model\":7.5e1,\"x\":1}", "[".repeat(5000)
        };
        for (String body : bodies) {
            HttpResponse<String> answer = status.post("/v1/queue/hostile-pool/pause", body);

            assertThat(answer.statusCode()).as(body).isEqualTo(422);
            assertThat(json(answer).path("field").asText()).isEqualTo("body");
        }
        assertThat(status.post("/v1/queue/hostile-pool/pause", " ".repeat(1 << 17)).statusCode())
                .isEqualTo(413);
        assertThat(status.hasPauseCommand("hostile-pool")).isFalse();
    }

    @Test
    void anAttemptTellsWhyItGotItsGpu() {
        JobStory job = newJob();
        status.event(job.running());

        JsonNode attempt = json(status.get("/v1/jobs/" + job.id())).path("attempts").path(0);

        assertThat(attempt.path("choice").path("rule").asText()).isEqualTo("lowest_load");
        assertThat(attempt.path("choice").path("counts").path("full").asInt()).isEqualTo(2);
    }

    @Test
    void aGpuThatIsNotRegisteredIsNotFound() {
        for (String name : new String[] {"none", "%20", "a%2Fb"}) {
            HttpResponse<String> answer = status.get("/v1/gpus/" + name);

            assertThat(answer.statusCode()).isIn(400, 404);
        }
        assertThat(json(status.get("/v1/gpus/none")).path("code").asText())
                .isEqualTo("gpu_not_found");
    }

    @Test
    void garbageInTheTopicsStopsNothing() {
        JobStory job = newJob();
        status.rawEvent(job.id(), "garbage".getBytes(StandardCharsets.UTF_8));
        status.event(job.queued());

        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRestartKeepsWhatWasFolded() {
        JobStory job = newJob();
        JobView completed = job.completed();
        status.event(completed);
        status.result(job.id(), 200, "text/plain", new byte[] {'x'});
        assertThat(status.get("/v1/jobs/" + job.id() + "/result?wait=10").statusCode())
                .isEqualTo(200);

        status.restart();

        HttpResponse<String> answer = status.get("/v1/jobs/" + job.id() + "/result?wait=10");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("x");
        assertThat(status.get("/v1/jobs/never-accepted").statusCode()).isEqualTo(404);
    }

    @Test
    void aLostStateFolderIsRebuiltFromTheBroker(@TempDir Path empty) {
        JobStory job = newJob();
        status.event(job.completed());
        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);

        status.restartIn(empty);

        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);
        status.restartIn(stateDir);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
