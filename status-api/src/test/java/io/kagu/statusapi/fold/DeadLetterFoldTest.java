package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.LetterStory;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterKeys;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ListPlace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.common.header.Headers;
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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dead letters as they are kept, ordered, counted and forgotten. */
class DeadLetterFoldTest {

    private static final TopicConfig TOPICS =
            new TopicConfig("kagu.", 1, (short) 1, 1 << 20, 8 << 20, 72);
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Instant START = JobStory.T0.plusSeconds(60);
    private static final byte[] BODY = {0, (byte) 0xff, '{'};

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FoldContext fold =
            new FoldContext(
                    TOPICS,
                    Duration.ofHours(24),
                    RETENTION,
                    new JobWaiters(10),
                    new FoldProgress(),
                    new FoldProgress(),
                    new OpenStores(ViewCaches.of(1 << 20, registry)),
                    new FoldMetrics(registry));
    private final LetterStory story = new LetterStory("job-1");

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> letters;
    private TestInputTopic<String, byte[]> events;

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
        letters = input(names.deadLetters());
        events = input(names.events());
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
    void aLetterIsKeptByteForByte() {
        pipe(story);

        LetterRow row = letter("job-1").orElseThrow();
        assertThat(row.letter()).isEqualTo(story.letter());
        assertThat(row.body()).isEqualTo(BODY);
        assertThat(newestFirst()).containsExactly("job-1");
        assertThat(groups()).containsExactly(LetterGroup.of(row.head()));
    }

    @Test
    void aLetterToldTwiceCountsOnce() {
        pipe(story);
        pipe(story);

        assertThat(newestFirst()).containsExactly("job-1");
        assertThat(count(story)).isEqualTo(1);
    }

    @Test
    void lettersOfOneCauseAreOneGroupFromItsOldestToItsNewest() {
        pipe(letter("job-2", 5));
        pipe(letter("job-1", 1));
        pipe(letter("job-3", 9));
        pipe(letter("other", 2).because("poison", "no GPU lives through it"));

        assertThat(newestFirst()).containsExactly("job-3", "job-2", "other", "job-1");
        assertThat(newestFirstOf(story.fingerprint())).containsExactly("job-3", "job-2", "job-1");
        LetterGroup group = group(story.fingerprint());
        assertThat(group.count()).isEqualTo(3);
        assertThat(registry.get("kagu.status.dead.letters").gauge().value()).isEqualTo(4);
        assertThat(group.newestAt()).isEqualTo(JobStory.T0.plusSeconds(9));
        assertThat(group.oldestAt()).isEqualTo(JobStory.T0.plusSeconds(1));
    }

    @Test
    void aLetterThatIsTakenBackLeavesNothing() {
        pipe(story);
        takeBack("job-1");
        takeBack("job-1");
        takeBack("never-there");

        assertThat(letter("job-1")).isEmpty();
        assertThat(newestFirst()).isEmpty();
        assertThat(groups()).isEmpty();
        assertThat(registry.get("kagu.status.dead.letters").gauge().value()).isZero();
    }

    @Test
    void whatIsTakenBackMovesTheEndsOfItsGroup() {
        pipe(letter("job-1", 1));
        pipe(letter("job-2", 5));
        pipe(letter("job-3", 9));
        takeBack("job-3");
        takeBack("job-1");

        LetterGroup group = group(story.fingerprint());
        assertThat(group.count()).isEqualTo(1);
        assertThat(group.newestAt()).isEqualTo(JobStory.T0.plusSeconds(5));
        assertThat(group.oldestAt()).isEqualTo(JobStory.T0.plusSeconds(5));
    }

    @Test
    void aLaterRunsLetterReplacesAndIsOfItsOwnCause() {
        pipe(story);
        pipe(story.run(2).because("poison", "again").at(JobStory.T0.plusSeconds(7)));
        pipe(story);

        assertThat(letter("job-1").orElseThrow().head().run()).isEqualTo(2);
        assertThat(newestFirst()).containsExactly("job-1");
        assertThat(groups()).extracting(LetterGroup::code).containsExactly("poison");
    }

    @Test
    void aLetterThatIsToldAgainAfterItsRequeueStaysAway() {
        pipe(story);
        takeBack("job-1");
        events.pipeInput("job-1", JobStory.event(new JobStory("job-1").requeued()));
        pipe(story);

        assertThat(letter("job-1")).isEmpty();
    }

    @Test
    void theLetterOfTheNextRunIsKept() {
        events.pipeInput("job-1", JobStory.event(new JobStory("job-1").ofRun(2, JobStatus.DEAD)));
        pipe(story.run(2));

        assertThat(letter("job-1")).isPresent();
    }

    @Test
    void aRecordThatCouldNotBeReadIsALetterToo() {
        Headers own = new RecordHeaders().add("x", BODY);
        Headers headers =
                DeadLetter.ofBadRecord(
                        own, new JobRecords.Origin("jobs.low", 1, 7, START), "missing header");
        letters.pipeInput(new TestRecord<>("job-1", BODY, headers, START));

        LetterHead head = letter("job-1").orElseThrow().head();
        assertThat(head.isOfJob()).isFalse();
        assertThat(head.origin()).contains("jobs.low/1/7");
        assertThat(head.diedAt()).isEqualTo(START);
    }

    @Test
    void garbageIsCountedAndTheNextLetterIsKept() {
        letters.pipeInput("job-1", BODY);
        letters.pipeInput("not a job id", BODY);
        letters.pipeInput(null, BODY);
        Headers wrong = story.headers();
        wrong.remove(CloudEventHeaders.ATTEMPTS)
                .add(CloudEventHeaders.ATTEMPTS, "[".repeat(5000).getBytes(StandardCharsets.UTF_8));
        letters.pipeInput(new TestRecord<>("job-1", BODY, wrong, START));
        letters.pipeInput(new TestRecord<>("job-2", BODY, story.headers(), START));
        pipe(story);

        assertThat(letter("job-1")).isPresent();
        assertThat(skipped("headers")).isEqualTo(2);
        assertThat(skipped("key")).isEqualTo(3);
    }

    @Test
    void aLetterIsForgottenAfterItsRetention() {
        pipe(story);

        driver.advanceWallClockTime(RETENTION.minusSeconds(62));
        assertThat(letter("job-1")).isPresent();

        driver.advanceWallClockTime(Duration.ofSeconds(4));
        assertThat(letter("job-1")).isEmpty();
        assertThat(newestFirst()).isEmpty();
        assertThat(groups()).isEmpty();
    }

    @Test
    void anOlderLetterThanAnySoFarIsForgottenToo() {
        pipe(letter("job-1", 59));
        driver.advanceWallClockTime(DeadLetterFoldProcessor.SWEEP_EVERY);
        pipe(letter("job-2", -3600));

        driver.advanceWallClockTime(RETENTION.minusSeconds(10));

        assertThat(newestFirst()).containsExactly("job-1");
    }

    @Test
    void oneSweepForgetsABoundedNumber() {
        int count = DeadLetterFoldProcessor.MAX_PER_SWEEP + 10;
        for (int i = 0; i < count; i++) {
            pipe(letter("job-" + i, -i));
        }
        driver.advanceWallClockTime(RETENTION.plus(DeadLetterFoldProcessor.SWEEP_EVERY));
        assertThat(count(story)).isEqualTo(10);
        assertThat(newestFirst()).hasSize(10);

        driver.advanceWallClockTime(DeadLetterFoldProcessor.SWEEP_EVERY);
        assertThat(newestFirst()).isEmpty();
        assertThat(groups()).isEmpty();
    }

    @Test
    void aLetterThatACrashLeftHalfWrittenCountsOnce() {
        pipe(story);
        driver.<byte[], byte[]>getKeyValueStore(DeadLetterStore.NAME)
                .delete(LetterKeys.letter("job-1"));

        pipe(story);

        assertThat(count(story)).isEqualTo(1);
        takeBack("job-1");
        assertThat(groups()).isEmpty();
    }

    @Test
    void countsThatACrashLeftWrongAreMended() {
        pipe(letter("job-1", 1));
        pipe(letter("job-2", 2));
        LetterGroup right = group(story.fingerprint());
        LetterHead gone = LetterRow.of(story.because("poison", "no").letter(), BODY).head();
        KeyValueStore<byte[], byte[]> rows = driver.getKeyValueStore(DeadLetterStore.NAME);
        rows.put(LetterKeys.group(right.fingerprint()), right.plus(right).encode());
        rows.put(LetterKeys.group(gone.fingerprint()), LetterGroup.of(gone).encode());

        store().recount();

        assertThat(groups()).containsExactly(right);
    }

    private LetterStory letter(String id, long seconds) {
        return new LetterStory(id).at(JobStory.T0.plusSeconds(seconds));
    }

    private void pipe(LetterStory told) {
        letters.pipeInput(new TestRecord<>(told.id(), BODY, told.headers(), START));
    }

    private void takeBack(String id) {
        letters.pipeInput(id, null);
    }

    private DeadLetterStore store() {
        return new DeadLetterStore(driver.getKeyValueStore(DeadLetterStore.NAME));
    }

    private Optional<LetterRow> letter(String id) {
        return store().rows().find(id);
    }

    private List<LetterGroup> groups() {
        return store().rows().groups();
    }

    private LetterGroup group(String fingerprint) {
        return store().rows().group(fingerprint).orElseThrow();
    }

    private long count(LetterStory of) {
        return group(of.fingerprint()).count();
    }

    private List<String> newestFirst() {
        return ids(Optional.empty());
    }

    private List<String> newestFirstOf(String fingerprint) {
        return ids(Optional.of(fingerprint));
    }

    private List<String> ids(Optional<String> fingerprint) {
        DeadLetterRows.Range all =
                new DeadLetterRows.Range(fingerprint, ListPlace.FIRST, ListPlace.LAST);
        List<String> ids = new ArrayList<>();
        try (ListScan<LetterHead> scan = store().rows().newestFirst(all)) {
            while (scan.hasNext()) {
                ids.add(scan.next().id());
            }
        }
        return ids;
    }

    private double skipped(String reason) {
        return registry.counter("kagu.status.fold.skipped", "reason", reason).count();
    }
}
