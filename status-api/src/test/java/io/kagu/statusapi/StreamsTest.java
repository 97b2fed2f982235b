package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.JobStatus;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Server-sent events over HTTP on a real broker. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsTest {

    private static final int MANY = 2_000;

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

    private static JobStory newJob() {
        return new JobStory(UUID.randomUUID().toString());
    }

    private SseCaller listen(JobStory job, String... headers) {
        var request = status.replica().request("/v1/jobs/" + job.id() + "/events");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return SseCaller.of(request);
    }

    @Test
    void aCallerIsToldOfEveryChangeAndTheStreamEndsWithTheJob() {
        JobStory job = newJob();
        status.event(job.queued());
        try (SseCaller caller = listen(job)) {
            await().until(() -> caller.ids().equals(List.of("1.1")));
            status.event(job.running());
            await().until(() -> caller.ids().equals(List.of("1.1", "1.2")));
            status.event(job.ended(JobStatus.DEAD, "some_code"));

            assertThat(caller.ended()).isEqualTo(200);
            assertThat(caller.ids()).containsExactly("1.1", "1.2", "1.4.end");
            JsonNode last = caller.data("job").getLast();
            assertThat(last.path("state").asText()).isEqualTo("DEAD");
            assertThat(last.path("stale").asBoolean()).isFalse();
            assertThat(last.path("as_of").asText()).isNotEmpty();
        }
    }

    @Test
    void whoResumesIsToldOnlyWhatIsNew() {
        JobStory job = newJob();
        status.event(job.running());
        try (SseCaller caller = listen(job, "Last-Event-ID", "1.2")) {
            await().until(() -> status.waiting() > 0);
            status.event(job.retrying());
            await().until(() -> !caller.ids().isEmpty());
            assertThat(caller.ids()).containsExactly("1.3");
        }
    }

    @Test
    void whoHasSeenTheEndIsToldNotToComeBack() {
        JobStory job = newJob();
        status.event(job.completed());
        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);

        assertThat(listen(job, "Last-Event-ID", "1.4.end").ended()).isEqualTo(204);
        for (String seen : new String[] {"1.2", "nonsense", "99999999999999999999.1"}) {
            SseCaller again = listen(job, "Last-Event-ID", seen);
            assertThat(again.ended()).isEqualTo(200);
            assertThat(again.ids()).containsExactly("1.4.end");
        }
    }

    @Test
    void aJobThatIsNotThereHasNoStream() {
        assertThat(status.get("/v1/jobs/no-such-job/events").statusCode()).isEqualTo(404);
    }

    @Test
    void whoWatchesIsToldTheWholeAndThenWhatChanges() {
        JobStory before = newJob();
        status.event(before.queued());
        assertThat(status.get("/v1/jobs/" + before.id()).statusCode()).isEqualTo(200);
        try (SseCaller caller = SseCaller.of(status.replica().request("/v1/events"))) {
            await().until(() -> caller.names().contains("snapshot"));
            JsonNode snapshot = caller.data("snapshot").getFirst();
            assertThat(snapshot.path("jobs").path("jobs").findValuesAsText("id"))
                    .contains(before.id());
            assertThat(snapshot.has("queue")).isTrue();
            assertThat(snapshot.has("gpus")).isTrue();
            assertThat(snapshot.has("consumers")).isTrue();

            JobStory after = newJob();
            status.event(after.queued());
            status.event(after.running());
            status.queue(QueueStory.at(Instant.now()).status("watched-pool"));

            await().until(() ->
                    caller.data("jobs").stream()
                            .flatMap(jobs -> jobs.path("jobs").valueStream())
                            .anyMatch(job ->
                                    job.path("id").asText().equals(after.id())
                                            && job.path("state").asText().equals("RUNNING")));
            await().until(() ->
                    caller.data("queue").stream()
                            .anyMatch(queue ->
                                    queue.path("pools")
                                            .findValuesAsText("pool")
                                            .contains("watched-pool")));
            assertThat(caller.names().getFirst()).isEqualTo("snapshot");
        }
    }

    @Test
    void dispatcherReplicasAreToldByTheirHeartbeats() {
        Instant now = Instant.now();
        status.heartbeat(
                new Heartbeat(
                        1,
                        "replica-1",
                        now,
                        now.minusSeconds(60),
                        "0.1.0",
                        List.of(new Heartbeat.RunningCall("job-1", 1)),
                        8,
                        41,
                        false,
                        0));
        status.queue(QueueStory.at(now.plusSeconds(60)).status("owned-pool"));

        JsonNode consumer =
                await().until(
                                () ->
                                        StatusReplica.json(status.get("/v1/consumers"))
                                                .path("consumers")
                                                .path(0),
                                node -> !node.isMissingNode());

        assertThat(consumer.path("id").asText()).isEqualTo("replica-1");
        assertThat(consumer.path("status").asText()).isEqualTo("alive");
        assertThat(consumer.path("in_flight").asInt()).isEqualTo(1);
        assertThat(consumer.path("call_budget").asInt()).isEqualTo(8);
        assertThat(consumer.path("processed").asInt()).isEqualTo(41);
        assertThat(consumer.path("age_s").isNumber()).isTrue();
        assertThat(consumer.has("address")).isFalse();
    }

    @Test
    void thousandsWaitOnFewThreads() {
        JobStory job = newJob();
        status.event(job.running());
        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<SseCaller> callers = new ArrayList<>();
        try (ExecutorService few = Executors.newFixedThreadPool(4);
                HttpClient http = SseCaller.shared(few)) {
            for (int i = 0; i < MANY; i++) {
                callers.add(
                        SseCaller.of(
                                http,
                                status.replica().request("/v1/jobs/" + job.id() + "/events")));
            }
            await().until(() -> callers.stream().allMatch(caller -> caller.ids().size() == 1));
            assertThat(status.waiting()).isGreaterThanOrEqualTo(MANY);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(before + 40);

            status.event(job.completed());

            assertThat(callers).allMatch(caller -> caller.ended() == 200);
            assertThat(callers).allMatch(caller -> caller.ids().equals(List.of("1.2", "1.4.end")));
        }
        await().until(() -> status.waiting() == 0);
    }
}
