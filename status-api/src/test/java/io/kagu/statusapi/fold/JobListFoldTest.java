package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.JobLabels;
import io.kagu.statusapi.core.JobListKeys;
import io.kagu.statusapi.core.JobListQuery;
import io.kagu.statusapi.core.JobSummary;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.JobLists;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The lists are in step with the views, whatever comes, and also after a crash. */
class JobListFoldTest {

    private static final TopicConfig TOPICS =
            new TopicConfig("t.", 1, (short) 1, 1 << 20, 8 << 20, 72);
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final JobLabels LABELS = new JobLabels("normal", "qwen-27b", "default");
    private static final Instant START = Instant.parse("2026-01-02T04:00:00Z");

    private final FoldContext fold =
            new FoldContext(
                    TOPICS,
                    RETENTION,
                    Duration.ofDays(7),
                    new JobWaiters(10),
                    new FoldProgress(),
                    new FoldProgress(),
                    new OpenStores(ViewCaches.of(1 << 20, new SimpleMeterRegistry())),
                    new FoldMetrics(new SimpleMeterRegistry()));
    private final JobStory story = new JobStory("job-1");

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> events;
    private JobLists lists;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        KafkaClients clients = new KafkaClients(KafkaConfig.of("127.0.0.1:1"), TOPICS);
        ReplicaConfig replica = new ReplicaConfig(stateDir, new ReplicaAddress("127.0.0.1", 1), 0);
        driver =
                new TopologyTestDriver(
                        JobFoldTopology.build(fold),
                        FoldSettings.of(clients, TOPICS, replica),
                        START);
        events =
                driver.createInputTopic(
                        new Topics(TOPICS.prefix()).events(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        START,
                        Duration.ZERO);
        lists = new JobLists(new DriverJobs());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** The stores of the driver, as the service would read them. */
    private final class DriverJobs implements ListedJobs {

        @Override
        public Map<Integer, JobListRows> jobLists() {
            return Map.of(0, fold.stores().of(0).lists());
        }

        @Override
        public Optional<ViewRow> view(String jobId) {
            return views().find(jobId);
        }

        @Override
        public Freshness freshness(Set<Integer> told, Instant now) {
            return Freshness.current(now);
        }
    }

    private KeyValueStore<byte[], byte[]> store() {
        return driver.getKeyValueStore(JobListStore.NAME);
    }

    private JobViewStore views() {
        return new JobViewStore(driver.getKeyValueStore(JobViewStore.NAME));
    }

    private void pipe(JobView view) {
        events.pipeInput(view.id(), JobStory.event(view));
    }

    private static JobListQuery query(String... parameters) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            fields.put(parameters[i], List.of(parameters[i + 1]));
        }
        return JobListQuery.read(fields);
    }

    private List<String> listed(String... parameters) {
        return lists.page(query(parameters)).items().stream().map(JobSummary::id).toList();
    }

    private int rows() {
        int rows = 0;
        try (var all = store().all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    @Test
    void aJobIsInTheListOfItsStateAloneAllItsLife() {
        for (JobView view :
                List.of(
                        story.accepted(),
                        story.queued(),
                        story.running(),
                        story.retrying(),
                        story.ended(JobStatus.DEAD, "rejected"),
                        story.requeued(),
                        story.ofRun(2, JobStatus.COMPLETED))) {
            pipe(view);

            for (JobStatus state : JobStatus.values()) {
                assertThat(listed("state", state.name()))
                        .as("%s after %s", state, view.state())
                        .isEqualTo(state == view.state() ? List.of("job-1") : List.of());
            }
            assertThat(listed()).containsExactly("job-1");
            // One among all, and one among those that ended in the state unless that is COMPLETED.
            assertThat(rows()).isEqualTo(view.state() == JobStatus.DEAD ? 2 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"COMPLETED", "DEAD", "CANCELLED", "EXPIRED"})
    void aJobWhoseLifeInBetweenWasNotHeardOfMovesToo(JobStatus end) {
        pipe(story.ended(JobStatus.DEAD, "rejected"));
        pipe(story.ofRun(2, end));

        for (JobStatus state : JobStatus.values()) {
            assertThat(listed("state", state.name()))
                    .as("%s after %s", state, end)
                    .isEqualTo(state == end ? List.of("job-1") : List.of());
        }
        assertThat(rows()).isEqualTo(end == JobStatus.COMPLETED ? 1 : 2);
    }

    @Test
    void listsOfSeveralStatesAreOneList() {
        JobStatus[] states = {
            JobStatus.DEAD, JobStatus.COMPLETED, JobStatus.EXPIRED, JobStatus.CANCELLED
        };
        for (int i = 0; i < 8; i++) {
            JobStory job = new JobStory("job-" + i, "m", START.minusSeconds(100 - i));
            JobStatus state = states[i % states.length];
            pipe(state == JobStatus.COMPLETED ? job.completed() : job.ended(state, "why"));
        }
        pipe(new JobStory("waits", "m", START.minusSeconds(97)).queued());

        assertThat(listed("state", "DEAD,EXPIRED"))
                .containsExactly("job-6", "job-4", "job-2", "job-0");
        assertThat(listed("state", "DEAD,COMPLETED,QUEUED"))
                .containsExactly("job-5", "job-4", "waits", "job-1", "job-0");
        assertThat(listed("state", "COMPLETED", "limit", "1")).containsExactly("job-5");
    }

    @Test
    void listsAreNewestFirstAndFiltered() {
        Instant time = START.minusSeconds(100);
        for (int i = 0; i < 10; i++) {
            JobStory job = new JobStory("job-" + i, "model-" + i % 2, time.plusSeconds(i));
            pipe(i < 5 ? job.completed() : job.queued());
        }

        assertThat(listed("limit", "3")).containsExactly("job-9", "job-8", "job-7");
        assertThat(listed("model", "model-1", "limit", "2")).containsExactly("job-9", "job-7");
        assertThat(listed("state", "COMPLETED", "since", time.plusSeconds(3).toString()))
                .containsExactly("job-4", "job-3");
        assertThat(listed("priority", "low")).isEmpty();
        assertThat(listed("tenant", "default")).hasSize(10);
    }

    @Test
    void aWrongClockDoesNotMakeAJobTheFirstForEver() {
        pipe(new JobStory("from-the-future", "m", START.plus(Duration.ofDays(900))).queued());
        pipe(new JobStory("from-the-future", "m", START.plus(Duration.ofDays(900))).running());
        events.advanceTime(Duration.ofSeconds(1));
        pipe(new JobStory("right", "m", START.plusMillis(500)).queued());

        assertThat(listed()).containsExactly("right", "from-the-future");
    }

    @Test
    void whatIsForgottenLeavesTheLists() {
        pipe(story.completed());
        pipe(new JobStory("died").ended(JobStatus.DEAD, "rejected"));

        driver.advanceWallClockTime(RETENTION.plusSeconds(2));

        assertThat(listed()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aRowThatNoViewBearsOutIsPassedOver() {
        pipe(story.running());
        ListPlace place = new ListPlace(JobStory.T0.toEpochMilli(), "job-1");
        for (ListPlace told : List.of(place, new ListPlace(7, "never-there"))) {
            byte[] entry = new JobEntry(told, JobStatus.DEAD, LABELS).encode();
            store().put(JobListKeys.ended(told), entry);
            store().put(JobListKeys.endedIn(JobStatus.DEAD, told), entry);
        }

        assertThat(listed("state", "DEAD")).isEmpty();
        assertThat(listed()).containsExactly("job-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"COMPLETED", "DEAD"})
    void rowsThatACrashLostComeBackWithTheEvent(JobStatus end) {
        JobView ended = end == JobStatus.DEAD ? story.ended(end, "rejected") : story.completed();
        ListPlace place = new ListPlace(JobStory.T0.toEpochMilli(), "job-1");
        List<byte[]> rows = List.of(JobListKeys.ended(place), JobListKeys.endedIn(end, place));
        pipe(ended);
        int whole = rows();
        for (byte[] row : rows) {
            store().delete(row);

            pipe(ended);

            assertThat(rows()).isEqualTo(whole);
            assertThat(listed("model", "qwen-27b")).containsExactly("job-1");
            assertThat(listed("state", end.name())).containsExactly("job-1");
        }
    }

    @Test
    void aRowOfAnEarlierEndIsPutRightWithTheEvent() {
        pipe(story.completed());
        ListPlace place = new ListPlace(JobStory.T0.toEpochMilli(), "job-1");
        store().put(JobListKeys.ended(place), new JobEntry(place, JobStatus.DEAD, LABELS).encode());
        assertThat(listed("state", "COMPLETED")).isEmpty();

        pipe(story.completed());

        assertThat(listed("state", "COMPLETED")).containsExactly("job-1");
    }

    /** A row of the end of an earlier run is left, and only the latest one is true. */
    @Test
    void aJobIsListedThoughARowOfAnEarlierEndIsLeft() {
        ListPlace place = new ListPlace(JobStory.T0.toEpochMilli(), "job-1");
        pipe(story.ofRun(2, JobStatus.RUNNING));
        pipe(new JobStory("newer", "m", JobStory.T0.plusSeconds(1)).running());
        store().put(JobListKeys.ended(place), new JobEntry(place, JobStatus.DEAD, LABELS).encode());

        assertThat(listed("state", "RUNNING,COMPLETED")).containsExactly("newer", "job-1");
        assertThat(listed()).containsExactly("newer", "job-1");
        assertThat(listed("state", "DEAD,COMPLETED")).isEmpty();
    }

    @Test
    void aPageDoesNotEndBetweenTwoEntriesOfAJob() {
        Instant time = START.minusSeconds(5_000);
        pipe(new JobStory("both", "m", time).running());
        ListPlace place = new ListPlace(time.toEpochMilli(), "both");
        store().put(JobListKeys.ended(place), new JobEntry(place, JobStatus.DEAD, LABELS).encode());
        pipe(new JobStory("newer", "m", time.plusMillis(1)).running());
        for (int i = 2; i < JobLists.MAX_LOOKED_AT; i++) {
            pipe(new JobStory("job-" + i, "m", time.plusMillis(i)).ended(JobStatus.DEAD, "why"));
        }

        assertThat(listed("state", "RUNNING,COMPLETED")).containsExactly("newer", "both");
    }

    @Test
    void aStoreOfTheOldLayoutIsRenewed() {
        pipe(story.completed());
        pipe(new JobStory("died").ended(JobStatus.DEAD, "rejected"));
        asOld("job-1", JobStatus.COMPLETED);
        asOld("died", JobStatus.DEAD);
        // A crash left where the job was before.
        asOld("job-1", JobStatus.DEAD);
        assertThat(listed()).isEmpty();

        new JobListStore(store(), new LiveJobs()).open(views());

        assertThat(listed("state", "COMPLETED")).containsExactly("job-1");
        assertThat(listed("state", "DEAD")).containsExactly("died");
        assertThat(listed("model", "qwen-27b")).hasSize(2);
        assertThat(rows()).isEqualTo(3);
    }

    /** Has the rows of a job that ended as they stood: E, the state's letter and place. */
    private void asOld(String id, JobStatus state) {
        ListPlace place = new ListPlace(JobStory.T0.toEpochMilli(), id);
        byte[] key = JobListKeys.endedIn(state, place);
        store().delete(JobListKeys.ended(place));
        store().delete(key);
        key[0] = 'E';
        store().put(key, LABELS.encode());
    }

    @Test
    void allThatEndedAreOneList() {
        JobListRows rows = fold.stores().of(0).lists();
        Set<JobStatus> all = query().states();

        List<ListScan<JobEntry>> scans = rows.newestFirst(all, query().range(), 1);

        // Beside it one of each live state.
        assertThat(scans).hasSize(4);
        scans.forEach(ListScan::close);
    }

    @Test
    void thoseThatDiedAreFoundBehindManyThatCompleted() {
        Instant time = START.minusSeconds(9_000);
        pipe(new JobStory("rare", "m", time).ended(JobStatus.DEAD, "rejected"));
        for (int i = 1; i <= JobLists.MAX_LOOKED_AT; i++) {
            pipe(new JobStory("job-" + i, "m", time.plusSeconds(i)).completed());
        }

        assertThat(listed("state", "DEAD")).containsExactly("rare");
    }

    @Test
    void thoseThatCompletedAreFoundBehindManyThatDied() {
        Instant time = START.minusSeconds(9_000);
        pipe(new JobStory("rare", "m", time).completed());
        for (int i = 1; i <= JobLists.MAX_LOOKED_AT; i++) {
            pipe(new JobStory("job-" + i, "m", time.plusSeconds(i)).ended(JobStatus.DEAD, "why"));
        }

        ListPart<JobSummary> first = lists.page(query("state", "COMPLETED"));
        assertThat(first.items()).isEmpty();
        String cursor = first.next().orElseThrow().cursor();
        assertThat(listed("state", "COMPLETED", "cursor", cursor)).containsExactly("rare");
    }

    @Test
    void liveJobsAreReadAgainAfterAStart() {
        pipe(story.running());
        pipe(new JobStory("ended").completed());
        store().put(JobListKeys.live("ended"), new byte[0]);
        LiveJobs fresh = new LiveJobs();

        JobListStore reopened = new JobListStore(store(), fresh);
        reopened.open(views());

        JobListRows rows = new JobListRows(store(), fresh);
        assertThat(rows.newestFirst(Set.of(JobStatus.RUNNING), query().range(), 10))
                .singleElement()
                .satisfies(scan -> assertThat(scan.next().place().id()).isEqualTo("job-1"));
        assertThat(store().get(JobListKeys.live("ended"))).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"QUEUED", "COMPLETED"})
    void aRareFilterLooksAtABoundedNumberAndGoesOn(JobStatus state) {
        int jobs = JobLists.MAX_LOOKED_AT + 100;
        pipe(of("rare", "rare-model", START.minusSeconds(10_000), state));
        for (int i = 0; i < jobs; i++) {
            pipe(of("job-" + i, "common", START.minusSeconds(9_000 - i), state));
        }

        ListPart<JobSummary> first = lists.page(query("model", "rare-model"));
        assertThat(first.items()).isEmpty();
        String cursor = first.next().orElseThrow().cursor();
        ListPart<JobSummary> second = lists.page(query("model", "rare-model", "cursor", cursor));

        assertThat(second.items()).extracting(JobSummary::id).containsExactly("rare");
        assertThat(second.next()).isEmpty();
    }

    private static JobView of(String id, String model, Instant time, JobStatus state) {
        JobStory job = new JobStory(id, model, time);
        return state == JobStatus.QUEUED ? job.queued() : job.completed();
    }

    /** More live jobs than a page copies at first, and ended ones older and newer than they. */
    @Test
    void pagesOfAFilterFindEveryJobOnce() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            boolean matches = i % 90 == 0;
            String id = "job-" + i;
            pipe(
                    of(
                            id,
                            matches ? "rare" : "common",
                            START.minusSeconds(1_000 - i),
                            i % 7 == 0 ? JobStatus.COMPLETED : JobStatus.QUEUED));
            if (matches) {
                wanted.addFirst(id);
            }
        }

        List<String> told = new ArrayList<>();
        ListPart<JobSummary> page = lists.page(query("model", "rare", "limit", "3"));
        page.items().forEach(job -> told.add(job.id()));
        while (page.next().isPresent()) {
            String cursor = page.next().get().cursor();
            page = lists.page(query("model", "rare", "limit", "3", "cursor", cursor));
            page.items().forEach(job -> told.add(job.id()));
        }

        assertThat(told).isEqualTo(wanted);
    }
}
