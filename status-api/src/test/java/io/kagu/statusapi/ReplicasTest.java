package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.peer.PeerRequest;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Two replicas over one broker: either answers for all jobs. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {

    private static final String[] FORWARDED = {PeerRequest.FORWARDED, "1"};

    @TempDir static Path dirs;

    private StatusUnderTest first;
    private StatusReplica second;

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        first = StatusUnderTest.on(kafka, dirs.resolve("first"));
        second = first.another(dirs.resolve("second"), 0);
        // Each has one of the two partitions once it answers for itself of some jobs and not
        // others.
        await().until(() -> jobOf(first.replica()).isPresent() && jobOf(second).isPresent());
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
    }

    /** A new job of a partition that this replica has, if one of some tries is. */
    private Optional<JobStory> jobOf(StatusReplica replica) {
        return Stream.generate(() -> new JobStory(UUID.randomUUID().toString()))
                .limit(8)
                .filter(job -> answersItself(replica, job.id()))
                .findFirst();
    }

    /** A job that is not there is told so by the one that has its partition. */
    private static boolean answersItself(StatusReplica replica, String id) {
        return replica.tryOnce("/v1/jobs/" + id, FORWARDED).statusCode() == 404;
    }

    private JobStory jobAt(StatusReplica replica) {
        return await().until(() -> jobOf(replica), Optional::isPresent).orElseThrow();
    }

    private JobStory jobOfSecond() {
        return jobAt(second);
    }

    private List<StatusReplica> both() {
        return List.of(first.replica(), second);
    }

    @Test
    void eitherReplicaAnswersForEveryJobAtOnce() {
        for (int i = 0; i < 20; i++) {
            JobStory job = new JobStory(UUID.randomUUID().toString());
            first.event(job.accepted());

            for (StatusReplica replica : both()) {
                HttpResponse<String> answer = replica.tryOnce("/v1/jobs/" + job.id());

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(StatusReplica.json(answer).path("id").asText()).isEqualTo(job.id());
                assertThat(StatusReplica.json(answer).path("stale").asBoolean()).isFalse();
            }
        }
    }

    @Test
    void aJobThatNobodyAcceptedIsNotFoundByEitherReplica() {
        for (int i = 0; i < 4; i++) {
            String id = UUID.randomUUID().toString();
            for (StatusReplica replica : both()) {
                assertThat(replica.tryOnce("/v1/jobs/" + id).statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void aConditionalRequestAndItsHeadersPassThrough() {
        JobStory job = jobOfSecond();
        first.event(job.completed());
        String path = "/v1/jobs/" + job.id();
        String etag = first.get(path).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = first.get(path, "If-None-Match", etag, "Cookie", "a=b");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("ETag")).contains(etag);
        assertThat(again.headers().allValues("Content-Length").size()).isLessThan(2);
    }

    @Test
    void aLongPollOfAJobElsewhereIsReleasedByItsResult() throws Exception {
        JobStory job = jobOfSecond();
        first.event(job.running());
        CompletableFuture<HttpResponse<String>> poll =
                first.getAsync("/v1/jobs/" + job.id() + "/result?wait=60");
        await().until(() -> second.registry().get("kagu.status.waiters").gauge().value() > 0);

        first.result(job.id(), 201, "text/plain", new byte[] {'y'});
        first.event(job.completed());

        HttpResponse<String> answer = poll.get();
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("y");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(answer.headers().firstValue("X-Kagu-Gpu")).contains(JobStory.GPU);
        assertThat(answer.headers().firstValue("X-Kagu-Stale")).contains("false");
        assertThat(answer.headers().firstValue("X-Kagu-As-Of")).isPresent();
    }

    @Test
    void queueClientsAskEitherReplicaToo() {
        JobStory job = jobOfSecond();
        first.event(job.ended(JobStatus.DEAD, "rejected"));
        first.letter(new LetterStory(job.id()).at(Instant.now()), new byte[] {(byte) 1});

        assertThat(StatusReplica.json(first.get("/status/" + job.id())).path("status").asText())
                .isEqualTo("dead");
        assertThat(
                        StatusReplica.json(first.get("/status/" + UUID.randomUUID()))
                                .path("error")
                                .asText())
                .isEqualTo("job not found");
        await().untilAsserted(() -> assertThat(first.get("/dlq").body()).contains(job.id()));
        assertThat(first.post("/dlq/" + job.id() + "/retry", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aPendingAnswerKeepsItsWordsAcrossTheHop() {
        JobStory job = jobOfSecond();
        first.event(job.queued());

        HttpResponse<String> answer = first.get("/v1/jobs/" + job.id() + "/result");

        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.headers().firstValue("X-Should-Retry")).contains("false");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(StatusReplica.json(answer).path("request_id").asText()).isEqualTo(job.id());
    }

    @Test
    void aCancelOfAJobElsewhereIsWrittenOnce() {
        JobStory job = jobOfSecond();
        first.event(job.running());

        assertThat(first.delete("/v1/jobs/" + job.id()).statusCode()).isEqualTo(202);

        assertThat(first.command(job.id()).type()).isEqualTo(JobCommand.Type.CANCEL);
    }

    @Test
    void aLetterElsewhereIsReadRequeuedAndDiscarded() {
        JobStory job = jobOfSecond();
        LetterStory letter = new LetterStory(job.id()).at(Instant.now());
        first.event(job.ended(JobStatus.DEAD, "attempts_exhausted"));
        first.letter(letter, new byte[] {'b'});
        String path = "/v1/dlq/" + job.id();

        await().until(() -> first.get(path).statusCode() == 200);
        assertThat(first.getBytes(path + "/body").body()).isEqualTo(new byte[] {'b'});
        assertThat(first.post(path + "/requeue", "").statusCode()).isEqualTo(202);
        await().until(() -> first.requeues(job.id()).size() == 1);
        assertThat(first.delete(path).statusCode()).isEqualTo(202);
        assertThat(first.command(job.id()).type()).isEqualTo(JobCommand.Type.DISCARD);
    }

    @Test
    void aListIsMergedOfBothReplicasWhicheverIsAsked() {
        List<String> ids = new ArrayList<>();
        Instant start = Instant.now();
        for (int i = 0; i < 25; i++) {
            JobStory job = new JobStory(UUID.randomUUID().toString(), "merged-model", start);
            first.event(i % 2 == 0 ? job.completed() : job.queued());
            ids.add(job.id());
        }
        ids.sort(Comparator.reverseOrder());
        for (StatusReplica replica : both()) {
            await().untilAsserted(() ->
                    assertThat(pages(replica, "/v1/jobs?model=merged-model&limit=4"))
                            .isEqualTo(ids));
            assertThat(pages(replica, "/v1/jobs?model=merged-model&state=queued&limit=5"))
                    .hasSize(12);
        }
    }

    private static List<String> pages(StatusReplica replica, String path) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            JsonNode page =
                    replica.json(
                            path
                                    + cursor.filter(c -> !c.isEmpty())
                                            .map(c -> "&cursor=" + c)
                                            .orElse(""));
            assertThat(page.path("incomplete").asBoolean()).isFalse();
            page.path("jobs").forEach(job -> ids.add(job.path("id").asText()));
            cursor = Optional.ofNullable(page.get("next_cursor")).map(JsonNode::asText);
        }
        return ids;
    }

    @Test
    void deadLettersAndTheirCausesAreOfBothReplicas() {
        for (int i = 0; i < 10; i++) {
            LetterStory letter =
                    new LetterStory(UUID.randomUUID().toString())
                            .because("both_sides", "the same for all")
                            .at(Instant.now());
            first.letter(letter, new byte[] {'b'});
        }
        for (StatusReplica replica : both()) {
            await().untilAsserted(() -> {
                JsonNode page = replica.json("/v1/dlq?code=both_sides&limit=7");
                assertThat(page.path("dead_letters").size()).isEqualTo(7);
                assertThat(page.path("groups").path(0).path("count").asInt()).isEqualTo(10);
                assertThat(page.path("groups").size()).isEqualTo(1);
                assertThat(page.path("next_cursor").isTextual()).isTrue();
            });
        }
    }

    @Test
    void aRequeueOfManyMeansTheLettersOfAllReplicasWhicheverIsAsked() {
        int round = 0;
        for (StatusReplica asked : both()) {
            String code = "requeued_from_" + round++;
            List<String> ids = new ArrayList<>();
            for (JobStory job : List.of(jobAt(first.replica()), jobOfSecond(), jobOfSecond())) {
                first.event(job.ended(JobStatus.DEAD, "attempts_exhausted"));
                first.letter(
                        new LetterStory(job.id()).because(code, "the same").at(Instant.now()),
                        new byte[] {'b'});
                ids.add(job.id());
            }
            String of = "{\"code\":\"" + code + "\"";
            await().untilAsserted(() -> {
                HttpResponse<String> dry = post(asked, of + ",\"dry_run\":true}");
                assertThat(StatusReplica.json(dry).path("count").asInt()).isEqualTo(3);
            });

            HttpResponse<String> started =
                    await().until(
                                    () -> post(asked, of + ",\"rate_per_second\":1000}"),
                                    answer -> answer.statusCode() == 202);

            assertThat(StatusReplica.json(started).path("selected").asInt()).isEqualTo(3);
            ids.forEach(id -> await().until(() -> first.requeues(id).size() == 1));
            for (StatusReplica replica : both()) {
                await().untilAsserted(() -> {
                    JsonNode run = replica.json("/v1/dlq:requeue");
                    assertThat(run.path("state").asText()).isEqualTo("done");
                    assertThat(run.path("requeued").asInt()).isEqualTo(3);
                    assertThat(run.path("request").path("code").asText()).isEqualTo(code);
                });
            }
        }
    }

    @Test
    void aRunIsStoppedAtAnyReplicaAndNoOtherBeginsMeanwhile() {
        for (int i = 0; i < 3; i++) {
            first.letter(
                    new LetterStory(jobOfSecond().id())
                            .because("stopped", "the same")
                            .at(Instant.now()),
                    new byte[] {'b'});
        }
        String slowly = "{\"code\":\"stopped\",\"rate_per_second\":0.01}";
        String dry = "{\"code\":\"stopped\",\"dry_run\":true}";
        await().untilAsserted(() ->
                assertThat(StatusReplica.json(post(second, dry)).path("count").asInt())
                        .isEqualTo(3));
        await().until(() -> post(second, slowly).statusCode() == 202);

        for (StatusReplica replica : both()) {
            assertThat(post(replica, slowly).statusCode()).isEqualTo(409);
        }
        HttpResponse<String> stopped = second.tryOnce(second.request("/v1/dlq:requeue").DELETE());
        assertThat(StatusReplica.json(stopped).path("state").asText()).isEqualTo("stopped");
        assertThat(first.replica().json("/v1/dlq:requeue").path("state").asText())
                .isEqualTo("stopped");
    }

    private static HttpResponse<String> post(StatusReplica replica, String body) {
        return replica.tryOnce(
                replica.request("/v1/dlq:requeue").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void theStreamOfAJobElsewhereIsPassedOn() {
        JobStory job = jobOfSecond();
        first.event(job.queued());
        String path = "/v1/jobs/" + job.id() + "/events";
        try (SseCaller caller = SseCaller.of(first.replica().request(path))) {
            await().until(() -> caller.ids().equals(List.of("1.1")));
            first.event(job.completed());

            assertThat(caller.ended()).isEqualTo(200);
            assertThat(caller.ids()).containsExactly("1.1", "1.4.end");
        }
        assertThat(first.get(path, "Last-Event-ID", "1.4.end").statusCode()).isEqualTo(204);
        String unknown = jobOfSecond().id();
        assertThat(first.get("/v1/jobs/" + unknown + "/events").statusCode()).isEqualTo(404);
    }

    @Test
    void aForwardedQuestionIsNeverForwardedAgain() {
        JobStory job = jobOfSecond();
        first.event(job.completed());

        HttpResponse<String> answer = first.replica().tryOnce("/v1/jobs/" + job.id(), FORWARDED);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        JsonNode problem = StatusReplica.json(answer);
        assertThat(problem.path("code").asText()).isEqualTo("restoring");
    }
}
