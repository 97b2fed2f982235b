package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.config.SettingSource;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpServer;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.WaitReason;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.contract.ContractClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

@ExtendWith(KafkaExtension.class)
class DispatcherPipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpConfig ANYWHERE = new HttpConfig("127.0.0.1", 0, 1 << 10);
    private static int installations;

    private final Map<String, JobView> views = new ConcurrentHashMap<>();
    private final Map<String, GpuStatus> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final KafkaConfig kafka;
    private final TopicConfig topicConfig;
    private final Topics topics;
    private final KafkaClients clients;
    private Producer<String, byte[]> producer;
    private JobProducer jobs;
    private CountingGpu gpu;

    @TempDir Path stateDir;

    DispatcherPipelineTest(TestKafka broker) {
        kafka = KafkaConfig.of(broker.bootstrapServers());
        String prefix = broker.topicPrefix() + installations++ + ".";
        topicConfig = new TopicConfig(prefix, 2, (short) 1, 1 << 20, 1 << 20, 1);
        topics = new Topics(prefix);
        clients = new KafkaClients(kafka, topicConfig);
    }

    @BeforeEach
    void start() throws Exception {
        try (Admin admin = clients.admin("test")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topicConfig));
        }
        producer = keep(clients.producer("test", 0));
        jobs = new JobProducer(producer, topics, "/test");
        gpu = keep(new CountingGpu(0));
        new RegistryPublisher(producer, topics.registry())
                .replace(Registry.EMPTY, Registry.of(List.of(spec("only", gpu, 2))));
        keep(follow(topics.events(), this::event));
        keep(follow(topics.results(), row -> results.put(row.key(), text(row.value()))));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    @Test
    void aJobGoesThroughKafkaToAGpuAndItsResponseComesBack() throws Exception {
        dispatcher();
        submit("one", Priority.NORMAL);
        gpu.letGo(1);
        awaitState("one", JobStatus.COMPLETED);
        await().atMost(PATIENCE).until(() -> results.containsKey("one"));
        assertThat(results.get("one")).isEqualTo("{\"job\":\"one\"}");
        assertThat(views.get("one").attempts()).hasSize(1);
    }

    @Test
    void higherLanesGoFirstAndSlotsAreNeverOversold() throws Exception {
        dispatcher();
        for (int i = 0; i < 10; i++) {
            submit("low-" + i, Priority.LOW);
        }
        await().atMost(PATIENCE).until(() -> gpu.started().size() == 2 && queued() == 8);
        submit("high", Priority.HIGH);
        await().atMost(PATIENCE).until(() -> queued() == 9);
        gpu.letGo(1); // one slot only: two calls that start together arrive in any order
        await().atMost(PATIENCE).until(() -> gpu.started().size() == 3);
        assertThat(gpu.started().getLast()).isEqualTo("high");
        gpu.letGo(100);
        for (int i = 0; i < 10; i++) {
            awaitState("low-" + i, JobStatus.COMPLETED);
        }
        assertThat(gpu.mostRunning()).isEqualTo(2);
    }

    @Test
    void aWaitingJobAndARunningJobCanBeCancelled() throws Exception {
        dispatcher();
        for (int i = 0; i < 3; i++) {
            submit("job-" + i, Priority.NORMAL);
        }
        await().atMost(PATIENCE).until(() -> gpu.started().size() == 2 && queued() == 1);
        String running = gpu.started().getFirst();
        String waiting =
                views.values().stream()
                        .filter(view -> view.state() == JobStatus.QUEUED)
                        .map(JobView::id)
                        .findFirst()
                        .orElseThrow();
        cancel(waiting);
        awaitState(waiting, JobStatus.CANCELLED);
        cancel(running);
        awaitState(running, JobStatus.CANCELLED);
        assertThat(gpu.started()).doesNotContain(waiting);
    }

    @Test
    void aDispatcherThatIsStoppedAndStartedAgainFinishesEveryJob() throws Exception {
        DispatcherService first = dispatcher();
        for (int i = 0; i < 6; i++) {
            submit("job-" + i, Priority.NORMAL);
        }
        await().atMost(PATIENCE).until(() -> gpu.started().size() == 2 && queued() == 4);
        stop(first);
        dispatcher();
        gpu.letGo(100);
        for (int i = 0; i < 6; i++) {
            awaitState("job-" + i, JobStatus.COMPLETED);
        }
    }

    @Test
    void aGpuThatFailsIsLeftAloneAlsoByANewOwner() throws Exception {
        DispatcherService first = dispatcher(Map.of("KAGU_DISPATCHER_BREAKER_PAUSE_MS", "600000"));
        failThreeTimes();
        GpuStatus open = awaitBreaker("OPEN");
        int calls = gpu.started().size();
        stop(first);
        statuses.clear();
        gpu.answers(200);
        dispatcher(Map.of("KAGU_DISPATCHER_BREAKER_PAUSE_MS", "600000"));
        submit("later", Priority.HIGH);
        await().atMost(PATIENCE).until(() -> views.containsKey("later"));

        assertThat(awaitBreaker("OPEN").openUntil()).isEqualTo(open.openUntil());
        assertThat(gpu.started()).hasSize(calls);
    }

    @Test
    void aGpuThatIsWellAgainGetsItsCalls() throws Exception {
        dispatcher(Map.of("KAGU_DISPATCHER_BREAKER_PAUSE_MS", "1000"));
        failThreeTimes();
        awaitBreaker("OPEN");
        gpu.answers(200);
        for (int i = 0; i < 3; i++) {
            awaitState("job-" + i, JobStatus.COMPLETED);
        }

        awaitBreaker("CLOSED");
    }

    /** Three jobs whose first calls fail; retries come a second later. */
    private void failThreeTimes() throws Exception {
        keep(follow(topics.queueStatus(), this::status));
        gpu.answers(500);
        gpu.letGo(1_000);
        for (int i = 0; i < 3; i++) {
            submit("job-" + i, Priority.NORMAL);
        }
    }

    private void status(ConsumerRecord<String, byte[]> row) {
        Json.read(row.value(), QueueStatus.class)
                .gpus()
                .forEach(status -> statuses.put(status.name(), status));
    }

    private GpuStatus awaitBreaker(String phase) {
        await().atMost(PATIENCE)
                .until(() ->
                        Optional.ofNullable(statuses.get("only"))
                                .filter(status -> status.breaker().equals(phase))
                                .isPresent());
        return statuses.get("only");
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAndTheStreamGoesOn() throws Exception {
        Map<String, String> dead = new ConcurrentHashMap<>();
        keep(follow(topics.deadLetters(), row -> dead.put(row.key(), header(row))));
        dispatcher();
        producer.send(new ProducerRecord<>(topics.jobs(Priority.HIGH), "pool", new byte[] {1}));
        producer.send(new ProducerRecord<>(topics.commands(), "pool", new byte[] {2}));
        submit("good", Priority.LOW);
        gpu.letGo(1);
        awaitState("good", JobStatus.COMPLETED);
        await().atMost(PATIENCE).until(() -> dead.size() == 2);
        assertThat(dead.values()).anyMatch(reason -> reason.contains("ce_kagumodel"));
    }

    @Test
    void theOwnerTellsOverHttpWhereAJobStands() throws Exception {
        DispatcherService service = dispatcher();
        for (int i = 0; i < 4; i++) {
            submit("job-" + i, Priority.NORMAL);
        }
        await().atMost(PATIENCE).until(() -> gpu.started().size() == 2 && queued() == 2);
        int port = keep(HttpServer.start(ANYWHERE, List.of(service.routes()))).port();
        submit("first", Priority.HIGH);
        await().atMost(PATIENCE).until(() -> queued() == 3);

        JobPlace place = Json.read(place(port, "first").body(), JobPlace.class);
        assertThat(place.state()).isEqualTo(JobStatus.QUEUED);
        assertThat(place.position()).hasValue(0);
        assertThat(place.depth()).isEqualTo(3);
        assertThat(place.reasons()).extracting(WaitReason::code).containsExactly("full");
        gpu.letGo(100);
        awaitState("first", JobStatus.COMPLETED);
        JobPlace after = Json.read(place(port, "first").body(), JobPlace.class);
        assertThat(after.state()).isEqualTo(JobStatus.COMPLETED);
        assertThat(after.position()).isEmpty();
        assertThat(place(port, "nobody").statusCode()).isEqualTo(404);
        stop(service);
        assertThat(place(port, "first").statusCode()).isEqualTo(503);
    }

    private HttpResponse<byte[]> place(int port, String id) throws Exception {
        URI uri = URI.create("http://127.0.0.1:%d/v1/pools/pool/jobs/%s/place".formatted(port, id));
        try (HttpClient http = ContractClient.create()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
        }
    }

    private void stop(DispatcherService service) throws Exception {
        open.remove(service);
        service.close();
    }

    private DispatcherService dispatcher() throws Exception {
        return dispatcher(Map.of());
    }

    private DispatcherService dispatcher(Map<String, String> settings) throws Exception {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("KAGU_DISPATCHER_FAULT_PAUSE_MS", "0"); // here the breaker alone is tried
        DispatcherConfig defaults =
                DispatcherConfig.of(DispatcherConfig.table().read(SettingSource.of(all)));
        DispatcherConfig config =
                new DispatcherConfig(
                        defaults.http(),
                        defaults.address(),
                        stateDir,
                        1,
                        100,
                        defaults.rules(),
                        defaults.retention(),
                        defaults.groupProtocol(),
                        Duration.ofSeconds(2),
                        0,
                        Duration.ZERO);
        DispatcherService service =
                keep(
                        DispatcherService.start(
                                config, kafka, topicConfig, new SimpleMeterRegistry()));
        await().atMost(PATIENCE).until(service::ready);
        return service;
    }

    private void submit(String id, Priority priority) throws Exception {
        Job job = Job.of(id, "model-a", priority, Instant.now());
        jobs.send(job, "pool", "{\"prompt\":1}".getBytes(StandardCharsets.UTF_8)).get();
    }

    private void cancel(String id) throws Exception {
        byte[] command = Json.write(JobCommand.cancel(id, Instant.now()));
        producer.send(new ProducerRecord<>(topics.commands(), "pool", command)).get();
    }

    private long queued() {
        return views.values().stream()
                .filter(view -> view.state() == JobStatus.QUEUED && view.version() > 0)
                .count();
    }

    private void awaitState(String id, JobStatus state) {
        await().atMost(PATIENCE)
                .until(
                        () -> Optional.ofNullable(views.get(id)).map(JobView::state),
                        is -> is.equals(Optional.of(state)));
    }

    private void event(ConsumerRecord<String, byte[]> row) {
        JobView view = Json.read(row.value(), JobEvent.class).job();
        views.merge(row.key(), view, (a, b) -> b.version() >= a.version() ? b : a);
    }

    private TopicFollower follow(String topic, TopicFollower.Handler handler) {
        return TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, handler);
    }

    private static String header(ConsumerRecord<String, byte[]> row) {
        return text(row.headers().lastHeader("ce_kagureason").value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static GpuSpec spec(String name, CountingGpu gpu, int slots) {
        return new GpuSpec(
                name,
                gpu.endpoint(),
                Sidecar.NONE,
                "pool",
                "test",
                List.of(ServedModel.of("model-a")),
                slots,
                0,
                0,
                60,
                GpuLimits.NONE,
                Optional.empty());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }
}
