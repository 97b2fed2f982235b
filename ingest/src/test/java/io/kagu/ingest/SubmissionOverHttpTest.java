package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;
import io.kagu.ingest.RunningIngest.Reply;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

@ExtendWith(KafkaExtension.class)
class SubmissionOverHttpTest {

    private static final String ENVELOPE = "application/vnd.kagu.job+json";

    private static RunningIngest ingest;

    @BeforeAll
    static void start(TestKafka kafka, @TempDir Path folder) throws Exception {
        ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(),
                        kafka.topicPrefix(),
                        Optional.of(GpuFile.in(folder)));
    }

    @AfterAll
    static void stop() {
        ingest.close();
    }

    @Test
    void theBodyArrivesByteForByteWithItsMetadataInHeaders() throws Exception {
        byte[] body = new byte[RunningIngest.MAX_BODY];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }

        Reply reply =
                ingest.post(
                        "/v1/jobs",
                        body,
                        "X-Kagu-Id",
                        "bytes-1",
                        "X-Kagu-Model",
                        "qwen-35b",
                        "X-Kagu-Priority",
                        "high",
                        "X-Kagu-Tenant",
                        "acme",
                        "X-Kagu-Path",
                        "/v1/completions",
                        "X-Kagu-Deadline",
                        "3600",
                        "X-Kagu-Max-Attempts",
                        "4",
                        "X-Kagu-Tokens",
                        "99",
                        "X-Kagu-Callback",
                        "http://127.0.0.1:1/done",
                        "X-Kagu-Affinity",
                        "session-1",
                        "Content-Type",
                        "application/octet-stream");

        assertThat(reply.status()).isEqualTo(202);
        ConsumerRecord<String, byte[]> row = row(Priority.HIGH, "bytes-1");
        assertThat(row.key()).isEqualTo("chat");
        assertThat(row.value()).isEqualTo(body);
        Job job = job(row, Priority.HIGH);
        assertThat(job.model()).isEqualTo("qwen-35b");
        assertThat(job.tenant()).isEqualTo("acme");
        assertThat(job.path()).isEqualTo("/v1/completions");
        assertThat(job.contentType()).isEqualTo("application/octet-stream");
        assertThat(job.deadline()).contains(job.submittedAt().plusSeconds(3600));
        assertThat(job.maxAttempts()).hasValue(4);
        assertThat(job.tokens()).hasValue(99);
        assertThat(job.callback()).hasToString("Optional[http://127.0.0.1:1/done]");
        assertThat(job.affinity()).contains("session-1");
    }

    @Test
    void anAcceptedJobIsAnnouncedBeforeTheAnswer() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":\"qwen-35b\"}");

        String id = reply.json().get("id").asText();
        JobEvent event =
                ingest.records(ingest.topics.events()).stream()
                        .filter(row -> id.equals(row.key()))
                        .map(row -> Json.read(row.value(), JobEvent.class))
                        .findFirst()
                        .orElseThrow();
        assertThat(event.type()).isEqualTo(JobEvent.Type.JOB_ACCEPTED);
        assertThat(event.job().pool()).isEqualTo("chat");
        assertThat(event.job().state()).isEqualTo(JobStatus.QUEUED);
        assertThat(event.job().model()).isEqualTo("qwen-35b");
    }

    @Test
    void theAnswerSaysWhereTheJobIsToBeFound() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":\"qwen-35b\"}");

        String id = reply.json().get("id").asText();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Location")).contains("/v1/jobs/" + id);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.json().get("state").asText()).isEqualTo("QUEUED");
        assertThat(reply.json().get("pool").asText()).isEqualTo("chat");
        assertThat(reply.json().at("/links/self").asText()).isEqualTo("/v1/jobs/" + id);
        assertThat(reply.json().at("/links/result").asText())
                .isEqualTo("/v1/jobs/" + id + "/result");
    }

    @Test
    void anAliasFindsThePoolAndStaysInTheJob() throws Exception {
        ingest.post("/v1/jobs", "{}", "X-Kagu-Model", "standard", "X-Kagu-Id", "alias-1");

        ConsumerRecord<String, byte[]> row = row(Priority.NORMAL, "alias-1");
        assertThat(row.key()).isEqualTo("chat");
        assertThat(job(row, Priority.NORMAL).model()).isEqualTo("standard");
    }

    @Test
    void anEnvelopesPayloadKeepsItsNumbers() throws Exception {
        Reply reply =
                ingest.post(
                        "/v1/jobs",
                        "{\"id\":\"env-1\",\"model\":\"tiny-4b\",\"priority\":\"low\","
                                + "\"payload\":{ \"t\": 1.10, \"n\": 12345678901234567890123 }}",
                        "Content-Type",
                        ENVELOPE);

        assertThat(reply.status()).isEqualTo(202);
        ConsumerRecord<String, byte[]> row = row(Priority.LOW, "env-1");
        assertThat(row.key()).isEqualTo("small");
        assertThat(new String(row.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"t\":1.10,\"n\":12345678901234567890123}");
        assertThat(job(row, Priority.LOW).contentType()).isEqualTo("application/json");
    }

    @Test
    void headersFillInWhatAnEnvelopeLeavesOut() throws Exception {
        ingest.post(
                "/v1/jobs",
                "{\"id\":\"env-2\",\"model\":\"tiny-4b\",\"payload\":{}}",
                "Content-Type",
                ENVELOPE,
                "X-Kagu-Tenant",
                "acme",
                "X-Kagu-Model",
                "not-heeded");

        Job job = job(row(Priority.NORMAL, "env-2"), Priority.NORMAL);
        assertThat(job.tenant()).isEqualTo("acme");
        assertThat(job.model()).isEqualTo("tiny-4b");
    }

    @Test
    void theSameIdempotencyKeyIsTheSameJob() throws Exception {
        String first = idOfKeyed();
        String second = idOfKeyed();

        assertThat(first).isEqualTo(second).isEqualTo(JobIds.ofIdempotencyKey("default", "k-1"));
    }

    @Test
    void credentialsAreNeverStored() throws Exception {
        ingest.post(
                "/v1/jobs",
                "{}",
                "X-Kagu-Model",
                "standard",
                "X-Kagu-Id",
                "creds-1",
                "Authorization",
                "Bearer top-secret",
                "Cookie",
                "session=top-secret",
                "X-API-Key",
                "top-secret");

        assertThat(row(Priority.NORMAL, "creds-1").headers())
                .allSatisfy(header ->
                        assertThat(new String(header.value(), StandardCharsets.UTF_8))
                                .doesNotContain("top-secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Kagu-Model, unheard-of, 422, unknown_model",
        "X-Kagu-Priority, urgent, 422, unknown_priority",
        "X-Kagu-Deadline, yesterday, 422, invalid_field",
        "X-Kagu-Max-Attempts, 0, 422, invalid_field",
        "X-Kagu-Tokens, some, 422, invalid_field",
        "X-Kagu-Callback, gopher://x, 422, invalid_field",
        "X-Kagu-Path, ../admin, 422, invalid_field",
        "X-Kagu-Id, a/b, 422, invalid_field",
        "X-Kagu-Prioirty, high, 422, unknown_field"
    })
    void aBadHeaderIsAProblemThatNamesIt(String header, String value, int status, String code)
            throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":\"standard\"}", header, value);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().get("code").asText()).isEqualTo(code);
        assertThat(reply.json().get("field").asText()).isEqualToIgnoringCase(header);
        assertThat(reply.json().get("allowed").asText()).isNotBlank();
    }

    @Test
    void anUnknownModelIsToldTheKnownOnes() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":\"unheard-of\"}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("known")).hasToString("[\"qwen-35b\",\"tiny-4b\"]");
        assertThat(reply.json().get("model").asText()).isEqualTo("unheard-of");
    }

    @Test
    void aBodyWithoutAModelAnywhereIsRefused() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "plain text", "Content-Type", "text/plain");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("field").asText()).isEqualTo("X-Kagu-Model");
    }

    @Test
    void anEmptyBodyIsRefused() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "", "X-Kagu-Model", "standard");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("code").asText()).isEqualTo("empty_body");
    }

    @ParameterizedTest
    @CsvSource({"1, text/plain", "5000000, text/plain", "5000000, " + ENVELOPE})
    void aBodyOverTheLimitIsRefusedAndTheCallerGetsToReadWhy(int excess, String type)
            throws Exception {
        Reply reply =
                ingest.post(
                        "/v1/jobs",
                        new byte[RunningIngest.MAX_BODY + excess],
                        "X-Kagu-Model",
                        "standard",
                        "Content-Type",
                        type);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().get("code").asText()).isEqualTo("body_too_large");
        assertThat(reply.json().get("limit_bytes").asInt())
                .isGreaterThanOrEqualTo(RunningIngest.MAX_BODY);
    }

    @Test
    void aMalformedEnvelopeIsABadRequest() throws Exception {
        Reply reply = ingest.post("/v1/jobs", "{\"model\":", "Content-Type", ENVELOPE);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("code").asText()).isEqualTo("bad_json");
    }

    @Test
    void submissionsAreCountedByAnswerAndPriority() throws Exception {
        ingest.post("/v1/jobs", "{\"model\":\"standard\"}", "X-Kagu-Priority", "low");

        String metrics = ingest.get("/metrics").raw().body();
        assertThat(metrics)
                .containsPattern(
                        "kagu_ingest_submissions_total\\{code=\"accepted\",priority=\"low\"} \\d")
                .contains("kagu_ingest_request_seconds_count{route=\"job\"}")
                .contains("kagu_ingest_body_bytes_sum");
    }

    @Test
    void aServiceThatHasReadItsTopicsIsReady() throws Exception {
        assertThat(ingest.ready()).isTrue();
        assertThat(ingest.get("/health/ready").status()).isEqualTo(200);
    }

    private static String idOfKeyed() throws Exception {
        return ingest.post("/v1/jobs", "{\"model\":\"standard\"}", "Idempotency-Key", "k-1")
                .json()
                .get("id")
                .asText();
    }

    private static ConsumerRecord<String, byte[]> row(Priority priority, String id) {
        return ingest.records(ingest.topics.jobs(priority)).stream()
                .filter(row -> job(row, priority).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Job job(ConsumerRecord<String, byte[]> row, Priority priority) {
        return JobRecords.read(
                row.headers(),
                priority,
                new JobRecords.Origin(row.topic(), row.partition(), row.offset(), Instant.EPOCH));
    }
}
