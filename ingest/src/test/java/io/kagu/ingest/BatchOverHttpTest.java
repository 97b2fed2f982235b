package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;
import io.kagu.ingest.RunningIngest.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

@ExtendWith(KafkaExtension.class)
class BatchOverHttpTest {

    private static final String PATH = "/v1/jobs:batch";
    private static final String GOOD = "{\"model\":\"standard\",\"payload\":{}}\n";

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
    void aBadLineFailsAloneAndResultsKeepTheOrder() throws Exception {
        String tooLong =
                "{\"model\":\"standard\",\"payload_text\":\"" + "x".repeat(300_000) + "\"}";
        String overLimit =
                "{\"model\":\"standard\",\"payload_text\":\"" + "x".repeat(70_000) + "\"}";
        Reply reply =
                ingest.post(
                        PATH,
                        """
                        {"id":"b-1","model":"standard","payload":{"n":1}}
                        not json

                        {"id":"b-4","model":"unheard-of","payload":{}}
                        {"id":"b-5","model":"standard","priority":"urgent","payload":{}}
                        {"id":"b-6","model":"standard"}
                        %s
                        %s
                        {"id":"b-9","model":"tiny-4b","priority":"low","payload":{"n":9}}
                        """
                                .formatted(tooLong, overLimit));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/x-ndjson");
        List<JsonNode> lines = reply.lines();
        assertThat(lines)
                .extracting(line -> line.get("line").asInt() + " " + line.get("status").asInt())
                .containsExactly(
                        "1 202", "2 400", "4 422", "5 422", "6 422", "7 413", "8 413", "9 202");
        assertThat(lines.get(0).at("/job/id").asText()).isEqualTo("b-1");
        assertThat(lines.get(2).at("/error/code").asText()).isEqualTo("unknown_model");
        assertThat(lines.get(2).at("/error/field").asText()).isEqualTo("model");
        assertThat(lines.get(3).at("/error/code").asText()).isEqualTo("unknown_priority");
        assertThat(lines.get(4).at("/error/field").asText()).isEqualTo("payload");
        assertThat(lines.get(7).at("/job/pool").asText()).isEqualTo("small");
        assertThat(
                        ingest.records(ingest.topics.jobs(Priority.LOW)).stream()
                                .map(row -> new String(row.value(), StandardCharsets.UTF_8)))
                .contains("{\"n\":9}");
    }

    @Test
    void linesOverTheLimitAreNotTakenIn() throws Exception {
        Reply reply = ingest.post(PATH, GOOD.repeat(RunningIngest.BATCH_LINES + 3));

        List<JsonNode> lines = reply.lines();
        assertThat(lines).hasSize(RunningIngest.BATCH_LINES + 1);
        assertThat(lines.getLast().at("/error/code").asText()).isEqualTo("batch_too_long");
        assertThat(lines.getLast().get("line").asInt()).isEqualTo(RunningIngest.BATCH_LINES + 1);
    }

    @Test
    void oneKeyMakesAnIdForEachLine() throws Exception {
        Reply reply = ingest.post(PATH, GOOD.repeat(2), "Idempotency-Key", "batch-7");

        assertThat(reply.lines())
                .extracting(line -> line.at("/job/id").asText())
                .containsExactly(
                        JobIds.ofIdempotencyKey("default", "batch-7/1"),
                        JobIds.ofIdempotencyKey("default", "batch-7/2"));
    }

    @Test
    void aBatchWithoutALineIsRefused() throws Exception {
        Reply reply = ingest.post(PATH, "\n\n");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("code").asText()).isEqualTo("empty_body");
    }
}
