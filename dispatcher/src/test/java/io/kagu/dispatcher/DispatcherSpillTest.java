package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
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
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Two replicas that may each make one call at a time, before a GPU with room for more. */
@ExtendWith(KafkaExtension.class)
class DispatcherSpillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, JobView> views = new ConcurrentHashMap<>();
    private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Map<String, DispatcherService> replicas = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final KafkaConfig kafka;
    private final TopicConfig topicConfig;
    private final Topics topics;
    private final KafkaClients clients;
    private JobProducer jobs;
    private CountingGpu gpu;

    @TempDir Path folder;

    DispatcherSpillTest(TestKafka broker) {
        kafka = KafkaConfig.of(broker.bootstrapServers());
        topicConfig =
                new TopicConfig(broker.topicPrefix() + "s.", 1, (short) 1, 1 << 20, 1 << 20, 1);
        topics = new Topics(topicConfig.prefix());
        clients = new KafkaClients(kafka, topicConfig);
    }

    @BeforeEach
    void start() throws Exception {
        try (Admin admin = clients.admin("test")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topicConfig));
        }
        Producer<String, byte[]> producer = keep(clients.producer("test", 0));
        jobs = new JobProducer(producer, topics, "/test");
        gpu = keep(new CountingGpu(0));
        new RegistryPublisher(producer, topics.registry())
                .replace(Registry.EMPTY, Registry.of(List.of(spec(gpu))));
        keep(follow(topics.events(), this::event));
        keep(follow(topics.instances(), this::heartbeat));
        keep(follow(topics.queueStatus(), this::owner));
        replica("first");
        replica("second");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    @Test
    void callsBeyondTheBudgetAreMadeByAnotherReplicaAndOutliveTheirOwner() throws Exception {
        for (int i = 0; i < 4; i++) {
            submit("job-" + i);
        }
        await().atMost(PATIENCE).until(gpu::started, started -> started.size() == 2);
        String owner = await().atMost(PATIENCE).until(() -> owners.get("pool"), Objects::nonNull);
        List<JobView> running =
                await().atMost(PATIENCE).until(this::running, are -> are.size() == 2);
        assertThat(running)
                .extracting(view -> view.attempts().getLast().executor())
                .containsExactlyInAnyOrderElementsOf(heartbeats.keySet());
        JobView spilled = notBy(owner, running);

        DispatcherService gone = replicas.get(owner);
        open.remove(gone);
        gone.close();
        gpu.letGo(1_000);

        for (int i = 0; i < 4; i++) {
            String id = "job-" + i;
            await().atMost(PATIENCE)
                    .until(
                            () -> Optional.ofNullable(views.get(id)).map(JobView::state),
                            state -> state.equals(Optional.of(JobStatus.COMPLETED)));
        }
        assertThat(views.get(spilled.id()).attempts())
                .extracting(AttemptView::executor, AttemptView::ending)
                .containsExactly(
                        tuple(spilled.attempts().getLast().executor(), Optional.of("completed")));
    }

    private static JobView notBy(String owner, List<JobView> running) {
        return running.stream()
                .filter(view -> !view.attempts().getLast().executor().equals(owner))
                .findFirst()
                .orElseThrow();
    }

    private List<JobView> running() {
        return views.values().stream().filter(v -> v.state() == JobStatus.RUNNING).toList();
    }

    /** Starts a replica and learns its incarnation, which takes calls from others by then. */
    private void replica(String name) throws Exception {
        int before = heartbeats.size();
        Map<String, String> settings =
                Map.of(
                        "KAGU_DISPATCHER_CALL_BUDGET", "1",
                        "KAGU_DISPATCHER_STATE_DIR", folder.resolve(name).toString(),
                        "KAGU_DISPATCHER_LOST_AFTER_MS", "60000",
                        "KAGU_DISPATCHER_STOP_GRACE_MS", "0",
                        "KAGU_DISPATCHER_SESSION_TIMEOUT_MS", "2000");
        DispatcherConfig config =
                DispatcherConfig.of(DispatcherConfig.table().read(SettingSource.of(settings)));
        DispatcherService service =
                keep(
                        DispatcherService.start(
                                config, kafka, topicConfig, new SimpleMeterRegistry()));
        await().atMost(PATIENCE).until(service::ready);
        await().atMost(PATIENCE).until(() -> heartbeats.size() == before + 1);
        for (Heartbeat beat : heartbeats.values()) {
            replicas.putIfAbsent(beat.incarnation(), service);
            await().atMost(PATIENCE)
                    .until(() -> heartbeats.get(beat.incarnation()).freeCalls() == 1);
        }
    }

    private void submit(String id) throws Exception {
        Job job = Job.of(id, "model-a", Priority.NORMAL, Instant.now());
        jobs.send(job, "pool", "{\"prompt\":1}".getBytes(StandardCharsets.UTF_8)).get();
    }

    private void event(ConsumerRecord<String, byte[]> row) {
        JobView view = Json.read(row.value(), JobEvent.class).job();
        views.merge(row.key(), view, (a, b) -> b.version() >= a.version() ? b : a);
    }

    private void heartbeat(ConsumerRecord<String, byte[]> row) {
        if (row.value() != null) {
            heartbeats.put(row.key(), Json.read(row.value(), Heartbeat.class));
        }
    }

    private void owner(ConsumerRecord<String, byte[]> row) {
        owners.put(row.key(), Json.read(row.value(), QueueStatus.class).owner());
    }

    private TopicFollower follow(String topic, TopicFollower.Handler handler) {
        return TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, handler);
    }

    private static GpuSpec spec(CountingGpu gpu) {
        return new GpuSpec(
                "only",
                gpu.endpoint(),
                Sidecar.NONE,
                "pool",
                "test",
                List.of(ServedModel.of("model-a")),
                4,
                0,
                0,
                120,
                GpuLimits.NONE,
                Optional.empty());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }
}
