package io.kagu.common.publish;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.Samples;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

final class ResponseReaderTest {

    private final PendingJobs pending = new PendingJobs(PublisherConfig.of("test"), Runnable::run);
    private final ResponseReader reader = new ResponseReader(pending);

    private CompletableFuture<JobResponse> response;

    @BeforeEach
    void open() throws InterruptedException {
        response = pending.open("a");
    }

    private static ConsumerRecord<String, byte[]> row(String key, byte[] value) {
        return new ConsumerRecord<>("topic", 0, 0, key, value);
    }

    private static ConsumerRecord<String, byte[]> event(JobStatus state, JobEvent.Type type) {
        return row("a", Json.write(JobEvent.of(type, Samples.ended("a", state))));
    }

    private static ConsumerRecord<String, byte[]> result(String id, String body) {
        ConsumerRecord<String, byte[]> row = row(id, body.getBytes(UTF_8));
        new JobResult(id, 201, "text/plain", "gpu-a", 3, NOON, NOON)
                .headers("disp-1")
                .forEach(header -> row.headers().add(header));
        return row;
    }

    @Test
    void aResultBecomesTheResponse() {
        reader.result(result("a", "hello"));

        assertThat(response)
                .isCompletedWithValue(
                        new JobResponse("a", 201, "text/plain", Body.of("hello"), "gpu-a", 3));
    }

    @Test
    void aTerminalEventEndsTheJob() {
        reader.event(event(JobStatus.DEAD, JobEvent.Type.JOB_DEAD));

        assertThat(response).isCompletedExceptionally();
    }

    @Test
    void recordsOfOthersAndUnreadableOnesAreSkipped() {
        reader.result(result("other", "hello"));
        reader.result(row("a", "no headers".getBytes(UTF_8)));
        reader.result(new ConsumerRecord<>("topic", 0, 0, "a", null));
        reader.result(new ConsumerRecord<>("topic", 0, 0, null, new byte[0]));
        reader.event(row("a", "{}".getBytes(UTF_8)));
        reader.event(row("a", "no JSON".getBytes(UTF_8)));
        reader.event(event(JobStatus.RUNNING, JobEvent.Type.JOB_STARTED));

        assertThat(response).isNotDone();
        reader.result(result("a", "hello"));
        assertThat(response).succeedsWithin(Duration.ZERO);
    }
}
