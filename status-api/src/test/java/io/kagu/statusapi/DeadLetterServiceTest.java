package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RequeueRecord;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Dead letters over HTTP on a real broker; the test is the dispatcher. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterServiceTest {

    /** Letters are kept for a week. */
    private static final Instant TODAY =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

    private static final byte[] BODY = {0, 1, (byte) 0xff, '{', '"'};

    @TempDir static Path stateDir;

    private StatusUnderTest status;

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        status = StatusUnderTest.on(kafka, stateDir);
    }

    @AfterAll
    void stop() {
        status.close();
    }

    @Test
    void aLetterTellsWhyItsJobDiedAndHowItWasTried() {
        LetterStory letter = told(newLetter());

        JsonNode answer = json(status.get("/v1/dlq/" + letter.id()));

        assertThat(answer.path("id").asText()).isEqualTo(letter.id());
        assertThat(answer.path("class").asText()).isEqualTo("exhausted");
        assertThat(answer.path("code").asText()).isEqualTo("attempts_exhausted");
        assertThat(answer.path("fingerprint").asText()).isEqualTo(letter.fingerprint());
        assertThat(answer.path("died_at").asText()).isEqualTo(TODAY.toString());
        assertThat(answer.path("pool").asText()).isEqualTo(JobStory.POOL);
        assertThat(answer.path("priority").asText()).isEqualTo("normal");
        assertThat(answer.path("sequence").asLong()).isEqualTo(JobStory.SEQUENCE);
        assertThat(answer.path("attempt_count").asInt()).isEqualTo(3);
        assertThat(answer.path("attempts").path(0).path("gpu").asText()).isEqualTo(JobStory.GPU);
        assertThat(answer.path("body_bytes").asInt()).isEqualTo(BODY.length);
        assertThat(answer.path("links").has("requeue")).isTrue();
    }

    @Test
    void aBodyComesBackByteForByteAndRunsInNoBrowser() {
        LetterStory letter = told(newLetter());

        HttpResponse<byte[]> answer = status.getBytes("/v1/dlq/" + letter.id() + "/body");

        assertThat(answer.body()).isEqualTo(BODY);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
    }

    @Test
    void aListGoesThroughAllPartitionsNewestFirstPageByPage() {
        String model = "paged-" + UUID.randomUUID();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            LetterStory letter = newLetter().of(model, Priority.LOW).at(TODAY.plusSeconds(i));
            newestFirst.addFirst(told(letter).id());
        }

        List<String> pages = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    json(status.get("/v1/dlq?priority=low&limit=3&model=" + model + cursor));
            page.path("dead_letters").forEach(head -> pages.add(head.path("id").asText()));
            assertThat(page.path("dead_letters").size()).isLessThanOrEqualTo(3);
            cursor = page.has("next_cursor") ? "&cursor=" + page.path("next_cursor").asText() : "";
        } while (!cursor.isEmpty());

        assertThat(pages).isEqualTo(newestFirst);
    }

    @Test
    void lettersOfOneCauseAreOneGroupOverAllPartitions() {
        String cause = "cause " + UUID.randomUUID().toString().replaceAll("[0-9-]", "x");
        LetterStory sample = newLetter().because("rejected", cause + ", try 1");
        told(sample);
        told(newLetter().because("rejected", cause + ", try 22"));
        told(newLetter().because("rejected", cause + ", try 333"));

        JsonNode answer = json(status.get("/v1/dlq?fingerprint=" + sample.fingerprint()));

        assertThat(answer.path("dead_letters")).hasSize(3);
        assertThat(answer.path("groups")).hasSize(1);
        JsonNode group = answer.path("groups").path(0);
        assertThat(group.path("count").asInt()).isEqualTo(3);
        assertThat(group.path("class").asText()).isEqualTo("rejected");
        assertThat(group.path("sample_reason").asText()).startsWith(cause);
        assertThat(group.path("newest_at").asText()).isEqualTo(TODAY.toString());
    }

    @Test
    void aRequeueCarriesTheWholeJobToItsPoolsOwner() {
        LetterStory letter = told(newLetter().run(2));

        HttpResponse<String> answer = status.post("/v1/dlq/" + letter.id() + "/requeue", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("run").asInt()).isEqualTo(3);
        assertThat(json(answer).path("status").asText()).isEqualTo("requeued");
        ConsumerRecord<String, byte[]> command =
                await().until(() -> status.requeues(letter.id()), found -> found.size() == 1)
                        .getFirst();
        assertThat(command.key()).isEqualTo(JobStory.POOL);
        assertThat(command.value()).isEqualTo(BODY);
        RequeueRecord requeue = StatusUnderTest.requeue(command);
        assertThat(requeue).isEqualTo(letter.letter().requeue().orElseThrow());
    }

    @Test
    void aDiscardIsAskedOfThePoolsOwner() {
        LetterStory letter = told(newLetter().run(4));

        HttpResponse<String> answer = status.delete("/v1/dlq/" + letter.id());

        assertThat(answer.statusCode()).isEqualTo(202);
        JobCommand command = status.command(letter.id());
        assertThat(command.type()).isEqualTo(JobCommand.Type.DISCARD);
        assertThat(command.run()).hasValue(4);
    }

    @Test
    void aLetterThatWasTakenBackIsNotFound() {
        LetterStory letter = told(newLetter());
        status.takeLetterBack(letter.id());
        await().until(() -> status.get("/v1/dlq/" + letter.id()).statusCode() == 404);

        assertThat(status.get("/v1/dlq/" + letter.id() + "/body").statusCode()).isEqualTo(404);
        assertThat(status.delete("/v1/dlq/" + letter.id()).statusCode()).isEqualTo(404);
        HttpResponse<String> again = status.post("/v1/dlq/" + letter.id() + "/requeue", "");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(json(again).path("code").asText()).isEqualTo("dead_letter_not_found");
        assertThat(status.requeues(letter.id())).isEmpty();
    }

    @Test
    void aRecordThatCouldNotBeReadCanOnlyBeDiscarded() {
        String id = UUID.randomUUID().toString();
        status.rawLetter(
                id,
                BODY,
                DeadLetter.ofBadRecord(
                        new RecordHeaders(),
                        new JobRecords.Origin("jobs.low", 1, 7, JobStory.T0),
                        "missing header"));
        await().until(() -> status.get("/v1/dlq/" + id).statusCode() == 200);

        HttpResponse<String> requeue = status.post("/v1/dlq/" + id + "/requeue", "");
        assertThat(requeue.statusCode()).isEqualTo(409);
        assertThat(json(requeue).path("code").asText()).isEqualTo("not_a_job");
        assertThat(status.getBytes("/v1/dlq/" + id + "/body").headers().firstValue("Content-Type"))
                .contains("application/octet-stream");
        assertThat(status.delete("/v1/dlq/" + id).statusCode()).isEqualTo(202);
        status.commandUnder(id, GpuSpec.DEFAULT_POOL);
        JsonNode dry =
                json(status.post("/v1/dlq:requeue", "{\"dry_run\":true,\"class\":\"bad_record\"}"));
        assertThat(dry.path("count").asInt()).isZero();
    }

    @Test
    void aDryRunCountsAndDoesNothing() {
        String model = "dry-" + UUID.randomUUID();
        LetterStory first = told(newLetter().of(model, Priority.HIGH));
        LetterStory second = told(newLetter().of(model, Priority.HIGH));

        JsonNode answer =
                json(
                        status.post(
                                "/v1/dlq:requeue",
                                "{\"model\":\"%s\",\"dry_run\":true}".formatted(model)));

        assertThat(answer.path("count").asInt()).isEqualTo(2);
        assertThat(answer.path("more").asBoolean()).isFalse();
        assertThat(answer.path("sample_ids").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(answer.path("groups").path(0).path("count").asInt()).isEqualTo(2);
        assertThat(status.requeues(first.id())).isEmpty();
    }

    @Test
    void aRunSendsItsCanariesWaitsForThemAndThenSendsTheRest() {
        String model = "run-" + UUID.randomUUID();
        List<LetterStory> letters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            letters.add(told(newLetter().of(model, Priority.HIGH).at(TODAY.plusSeconds(i))));
        }
        String canary = letters.getFirst().id();

        HttpResponse<String> begun =
                status.post(
                        "/v1/dlq:requeue",
                        "{\"model\":\"%s\",\"canary\":1,\"rate_per_second\":100}".formatted(model));
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(json(begun).path("selected").asInt()).isEqualTo(4);
        await().until(() -> status.requeues(canary).size() == 1);
        assertThat(status.post("/v1/dlq:requeue", "{}").statusCode()).isEqualTo(409);
        assertThat(status.requeues(letters.get(1).id())).isEmpty();

        status.event(new JobStory(canary).ofRun(2, JobStatus.COMPLETED));

        JsonNode end =
                await().until(
                                () -> json(status.get("/v1/dlq:requeue")),
                                progress -> progress.path("state").asText().equals("done"));
        assertThat(end.path("requeued").asInt()).isEqualTo(4);
        assertThat(end.path("canaries_completed").asInt()).isEqualTo(1);
        letters.forEach(letter -> await().until(() -> status.requeues(letter.id()).size() == 1));
        assertThat(json(status.delete("/v1/dlq:requeue")).path("state").asText()).isEqualTo("done");
    }

    @Test
    void garbageInTheTopicIsCountedAndStopsNothing() {
        double before = status.skipped("headers");
        status.rawLetter(UUID.randomUUID().toString(), BODY, new RecordHeaders());
        told(newLetter());

        await().until(() -> status.skipped("headers") == before + 1);
    }

    @Test
    void hostileRequestsAreRefusedInOurWords() {
        String[] ids = {"none", "%00", "..%2F..", "a%2Fb", "%F0%9F%92%A9", "x".repeat(3000)};
        for (String id : ids) {
            for (String path : new String[] {"/v1/dlq/" + id, "/v1/dlq/" + id + "/body"}) {
                assertThat(status.get(path).statusCode()).as(path).isIn(400, 404);
            }
            assertThat(status.post("/v1/dlq/" + id + "/requeue", "").statusCode()).isIn(400, 404);
            assertThat(status.delete("/v1/dlq/" + id).statusCode()).isIn(400, 404);
        }
        String[] queries = {
            "limit=0",
            "limit=1&limit=2",
            "cursor=AA",
            "class=all",
            "since=now",
            "clas=poison",
            "pool="
        };
        for (String query : queries) {
            HttpResponse<String> answer = status.get("/v1/dlq?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(422);
            assertThat(json(answer).path("code").asText()).isEqualTo("invalid_field");
            assertThat(json(answer).path("allowed").asText()).isNotBlank();
        }
        for (String body : new String[] {"", "[]", "{\"canary\":-1}", "\u0000", "[".repeat(5000)}) {
            assertThat(status.post("/v1/dlq:requeue", body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(status.post("/v1/dlq:requeue", " ".repeat(1 << 17)).statusCode()).isEqualTo(413);
    }

    @Test
    void aRestartKeepsLettersAndCounts() {
        LetterStory letter = told(newLetter().because("poison", "only this one lives through it"));

        status.restart();

        assertThat(status.getBytes("/v1/dlq/" + letter.id() + "/body").body()).isEqualTo(BODY);
        JsonNode group =
                json(status.get("/v1/dlq?fingerprint=" + letter.fingerprint()))
                        .path("groups")
                        .path(0);
        assertThat(group.path("count").asInt()).isEqualTo(1);
    }

    private static LetterStory newLetter() {
        return new LetterStory(UUID.randomUUID().toString()).at(TODAY);
    }

    /** Writes the letter and waits until it is known. */
    private LetterStory told(LetterStory letter) {
        status.letter(letter, BODY);
        await().until(() -> status.get("/v1/dlq/" + letter.id()).statusCode() == 200);
        return letter;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
