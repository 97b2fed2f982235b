package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.JobResult;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class JobFoldTopologyTest {

    private static final TopicConfig TOPICS =
            new TopicConfig("kagu.", 1, (short) 1, 1 << 20, 8 << 20, 72);
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Duration LETTER_RETENTION = Duration.ofDays(7);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FoldContext fold =
            new FoldContext(
                    TOPICS,
                    RETENTION,
                    LETTER_RETENTION,
                    new JobWaiters(10),
                    new FoldProgress(),
                    new FoldProgress(),
                    new OpenStores(ViewCaches.of(1 << 20, registry)),
                    new FoldMetrics(registry));
    private final JobStory story = new JobStory("job-1");

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> events;
    private TestInputTopic<String, byte[]> results;

    private static ReplicaConfig replica(Path stateDir) {
        return new ReplicaConfig(stateDir, new ReplicaAddress("127.0.0.1", 1), 0);
    }

    @BeforeEach
    void start(@TempDir Path stateDir) {
        KafkaClients clients = new KafkaClients(KafkaConfig.of("127.0.0.1:1"), TOPICS);
        driver =
                new TopologyTestDriver(
                        JobFoldTopology.build(fold),
                        FoldSettings.of(clients, TOPICS, replica(stateDir)),
                        START);
        Topics names = new Topics(TOPICS.prefix());
        events = input(names.events());
        results = input(names.results());
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(
                topic, new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theTopologyIsAsWrittenDown() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/golden/topology.txt")) {
            String expected =
                    new String(
                            Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(JobFoldTopology.build(fold).describe().toString().strip())
                    .isEqualTo(expected.strip());
        }
    }

    @Test
    void aLateEventChangesNothing() {
        pipe(story.accepted());
        pipe(story.completed());
        pipe(story.running());

        assertThat(view().orElseThrow().view()).isEqualTo(story.completed());
        assertThat(registry.counter("kagu.status.fold.kept").count()).isEqualTo(1);
    }

    @Test
    void garbageIsCountedAndTheNextEventIsFolded() {
        events.pipeInput("job-1", "garbage".getBytes(StandardCharsets.UTF_8));
        events.pipeInput(null, JobStory.event(story.accepted()));
        events.pipeInput("job-1", null);
        pipe(story.queued());

        assertThat(view().orElseThrow().view()).isEqualTo(story.queued());
        assertThat(skipped("unreadable")).isEqualTo(1);
        assertThat(skipped("empty")).isEqualTo(2);
    }

    @Test
    void aResultWithoutItsHeadersIsCountedAndSkipped() {
        results.pipeInput("job-1", new byte[] {1});

        assertThat(result()).isEmpty();
        assertThat(skipped("headers")).isEqualTo(1);
    }

    @Test
    void aResultIsStoredOnceAndTheAttemptToldLastStands() {
        pipeResult(2, "of an attempt that a crash undid");
        pipeResult(1, "first");
        pipeResult(1, "first again");

        assertThat(result().orElseThrow().body()).asString().isEqualTo("first");
    }

    @Test
    void whoeverWaitsHearsOfEventAndResult() {
        AtomicInteger told = new AtomicInteger();
        try (JobWaiters.Listener _ =
                fold.waiters().listen("job-1", told::incrementAndGet).orElseThrow()) {
            pipe(story.completed());
            assertThat(told).hasValue(1);
            pipeResult(1, "hello");
            assertThat(told).hasValue(2);
            pipe(story.completed());
            assertThat(told).hasValue(2);
        }
    }

    @Test
    void progressCountsSkippedRecordsToo() {
        events.pipeInput("job-1", "garbage".getBytes(StandardCharsets.UTF_8));

        assertThat(fold.progress().reached(0, 1)).isCompleted();
        assertThat(fold.progress().reached(0, 2)).isNotDone();
    }

    @Test
    void anEndedJobIsForgottenAfterItsRetention() {
        pipe(story.completed());
        pipeResult(1, "hello");

        driver.advanceWallClockTime(RETENTION.minusSeconds(2));
        assertThat(view()).isPresent();

        driver.advanceWallClockTime(Duration.ofSeconds(4));
        assertThat(view()).isEmpty();
        assertThat(result()).isEmpty();
        assertThat(expiryRows()).isZero();
    }

    @Test
    void aLiveJobIsNeverForgotten() {
        pipe(story.running());

        driver.advanceWallClockTime(RETENTION.multipliedBy(3));

        assertThat(view()).isPresent();
    }

    @Test
    void aJobThatWasRequeuedOutlivesItsFirstEnd() {
        pipe(story.ended(JobStatus.DEAD, "rejected"));
        pipe(story.requeued());

        driver.advanceWallClockTime(RETENTION.plusSeconds(2));

        assertThat(view().orElseThrow().state()).isEqualTo(JobStatus.QUEUED);
        assertThat(expiryRows()).isZero();
    }

    @Test
    void aResultWithoutAnyEventIsForgottenToo() {
        pipeResult(1, "hello");

        driver.advanceWallClockTime(RETENTION.plusSeconds(2));

        assertThat(result()).isEmpty();
    }

    @Test
    void oneSweepForgetsABoundedNumber() {
        int jobs = ExpirySweep.MAX_PER_RUN + 10;
        for (int i = 0; i < jobs; i++) {
            pipe(new JobStory("job-" + i).completed());
        }
        driver.advanceWallClockTime(RETENTION.plus(ExpirySweep.EVERY));
        assertThat(expiryRows()).isEqualTo(10);

        driver.advanceWallClockTime(ExpirySweep.EVERY);
        assertThat(expiryRows()).isZero();
    }

    /** Somebody asks before and after each event. */
    private void pipe(JobView view) {
        view();
        events.pipeInput(view.id(), JobStory.event(view));
        view();
    }

    private void pipeResult(int attempt, String body) {
        JobResult result =
                new JobResult(
                        "job-1",
                        200,
                        "text/plain",
                        JobStory.GPU,
                        attempt,
                        JobStory.T0,
                        JobStory.T0);
        results.pipeInput(
                new TestRecord<>(
                        "job-1",
                        body.getBytes(StandardCharsets.UTF_8),
                        new RecordHeaders(result.headers("test")),
                        START));
    }

    /** As readers find it, who have asked before: never anything else than what is stored. */
    private Optional<ViewRow> view() {
        Optional<ViewRow> told = fold.stores().of(0).views().find("job-1");
        assertThat(told.map(ViewRow::encode))
                .isEqualTo(
                        new JobViewStore(driver.getKeyValueStore(JobViewStore.NAME))
                                .find("job-1")
                                .map(ViewRow::encode));
        return told;
    }

    private Optional<ResultRow> result() {
        return new JobResultStore(driver.getKeyValueStore(JobResultStore.NAME)).find("job-1");
    }

    private int expiryRows() {
        KeyValueStore<byte[], byte[]> index = driver.getKeyValueStore(JobExpiryStore.NAME);
        int rows = 0;
        try (var all = index.all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    private double skipped(String reason) {
        return registry.counter("kagu.status.fold.skipped", "reason", reason).count();
    }
}
