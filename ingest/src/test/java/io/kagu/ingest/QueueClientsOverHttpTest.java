package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What existing queue clients submit, and what they are told. */
@ExtendWith(KafkaExtension.class)
class QueueClientsOverHttpTest {

    private static final String SMART = "/enqueue";
    private static final String FIFO = "/api/queue/jobs";
    private static final byte[] TEXT = "<13>1 disk failed".getBytes(StandardCharsets.UTF_8);

    private RunningIngest ingest;

    @BeforeEach
    void start(TestKafka kafka, @TempDir Path folder) throws Exception {
        ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(),
                        kafka.topicPrefix() + UUID.randomUUID() + ".",
                        Optional.of(GpuFile.in(folder)));
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void anyBodyIsQueuedAsItIsForModelAndPriorityOfTheHeaders() throws Exception {
        Reply reply =
                ingest.post(
                        SMART,
                        TEXT,
                        "X-Syslog-Model",
                        "tiny-4b",
                        "X-Syslog-Priority",
                        "high",
                        "Content-Type",
                        "text/plain",
                        "Authorization",
                        "Bearer s3cret");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asText()).isEqualTo("queued");
        ConsumerRecord<String, byte[]> row = row(Priority.HIGH, reply);
        assertThat(row.key()).isEqualTo("small");
        assertThat(row.value()).isEqualTo(TEXT);
        row.headers()
                .forEach(header ->
                        assertThat(new String(header.value(), StandardCharsets.UTF_8))
                                .doesNotContain("s3cret"));
    }

    @Test
    void whatIsUnknownBecomesTheDefault() throws Exception {
        Reply reply =
                ingest.post(SMART, TEXT, "X-Syslog-Model", "no-such", "X-Syslog-Priority", "emerg");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(job(row(Priority.NORMAL, reply), Priority.NORMAL).model()).isEqualTo("qwen-35b");
    }

    @Test
    void aDepthAndAPositionAreNullUntilThePoolsOwnerWasHeard() throws Exception {
        assertThat(ingest.post(SMART, TEXT).json().path("queue_depth").isNull()).isTrue();
        assertThat(ingest.post(FIFO, TEXT).json().path("queue_position").isNull()).isTrue();
    }

    @Test
    void depthCountsTheJobItselfAndPositionsBeginAtOne() throws Exception {
        ingest.write(ingest.topics.queueStatus(), "chat", Json.write(Statuses.waiting(0, 7, 0)));
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        !ingest.post(FIFO, TEXT, "X-Syslog-Priority", "high")
                                .json()
                                .path("queue_position")
                                .isNull());

        int depth = ingest.post(SMART, TEXT).json().path("queue_depth").asInt();
        int position = ingest.post(FIFO, TEXT).json().path("queue_position").asInt();

        assertThat(depth).isGreaterThanOrEqualTo(9);
        assertThat(position).isEqualTo(depth + 1);
    }

    @Test
    void aFullQueueIs503ForTheOneAnd429ForTheOther() throws Exception {
        ingest.write(ingest.topics.queueStatus(), "chat", Json.write(Statuses.waiting(50, 0, 0)));
        await().atMost(Duration.ofMinutes(1)).until(() -> high(SMART).status() == 503);

        Reply smart = high(SMART);
        assertThat(smart.json().path("code").asText()).isEqualTo("queue_full");
        assertThat(smart.json().path("error").asText()).contains("jobs wait in this pool");
        assertThat(smart.json().path("queue_depth").asInt()).isGreaterThanOrEqualTo(50);
        assertThat(smart.json().path("threshold").asInt()).isEqualTo(50);
        assertThat(smart.json().path("retry_after").asInt()).isEqualTo(30);
        assertThat(smart.header("Retry-After")).contains("30");

        Reply fifo = high(FIFO);
        assertThat(fifo.status()).isEqualTo(429);
        assertThat(fifo.header("Retry-After")).contains("30");
    }

    @Test
    void anOverloadedQueueTellsNoThreshold() throws Exception {
        ingest.write(ingest.topics.queueStatus(), "chat", Json.write(Statuses.waiting(0, 40, 0)));
        await().atMost(Duration.ofMinutes(1)).until(() -> ingest.post(SMART, TEXT).status() == 503);

        Reply refused = ingest.post(SMART, TEXT);
        assertThat(refused.json().path("code").asText()).isEqualTo("overloaded");
        assertThat(refused.json().has("threshold")).isFalse();
        Reply warned = high(SMART);
        assertThat(warned.status()).isEqualTo(202);
        assertThat(warned.header("X-Queue-Status")).contains("warn");
    }

    @Test
    void whatCanNeverBeTakenIsAProblemAsElsewhere() throws Exception {
        Reply tooLarge = ingest.post(SMART, new byte[RunningIngest.MAX_BODY + 1]);

        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.json().path("code").asText()).isEqualTo("body_too_large");
        assertThat(ingest.post(FIFO, "").status()).isEqualTo(422);
    }

    private Reply high(String route) throws Exception {
        return ingest.post(route, TEXT, "X-Syslog-Priority", "high");
    }

    private ConsumerRecord<String, byte[]> row(Priority lane, Reply reply) {
        String id = reply.json().path("job_id").asText();
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
