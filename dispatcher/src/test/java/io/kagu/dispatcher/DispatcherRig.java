package io.kagu.dispatcher;

import static org.awaitility.Awaitility.await;

import io.kagu.common.codec.Json;
import io.kagu.common.config.SettingSource;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.core.ConditionFactory;

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

/** Dispatchers on a real broker with one GPU of pool {@code pool}, and what readers are told. */
final class DispatcherRig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String POOL = "pool";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final byte[] BODY = "{\"prompt\":1}".getBytes(StandardCharsets.UTF_8);

    private final KafkaConfig kafka;
    private final TopicConfig topicConfig;
    private final Path folder;
    private final Map<String, JobView> views = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Producer<String, byte[]> producer;
    private final CountingGpu gpu;

    /**
     * Makes topics and GPU.
     *
     * @param folder of the stores, one folder for each dispatcher
     */
    DispatcherRig(KafkaConfig kafka, String prefix, Path folder) throws Exception {
        this(kafka, new TopicConfig(prefix, 2, (short) 1, 1 << 20, 1 << 20, 1), folder);
    }

    DispatcherRig(KafkaConfig kafka, TopicConfig topicConfig, Path folder) throws Exception {
        this.kafka = kafka;
        this.topicConfig = topicConfig;
        this.folder = folder;
        ensureTopics();
        producer = keep(clients().producer("rig", 0));
        gpu = keep(new CountingGpu(0));
        new RegistryPublisher(producer, topics().registry())
                .replace(Registry.EMPTY, Registry.of(List.of(spec())));
        keep(
                TopicFollower.start(
                        clients(), topics().events(), TopicFollower.From.BEGINNING, this::event));
    }

    /**
     * Stream threads die in some tests; others are not to fail of that. Looks at once and often: a
     * test may wait for each of hundreds of jobs.
     */
    static ConditionFactory patiently() {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .dontCatchUncaughtExceptions();
    }

    void ensureTopics() {
        try (Admin admin = clients().admin("rig-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topicConfig));
        }
    }

    KafkaClients clients() {
        return new KafkaClients(kafka, topicConfig);
    }

    TopicConfig topicConfig() {
        return topicConfig;
    }

    Topics topics() {
        return new Topics(topicConfig.prefix());
    }

    Producer<String, byte[]> producer() {
        return producer;
    }

    CountingGpu gpu() {
        return gpu;
    }

    /** Starts a replica and waits until it takes part. */
    DispatcherService dispatcher(String name, Map<String, String> settings) {
        return dispatcher(name, settings, new SimpleMeterRegistry());
    }

    DispatcherService dispatcher(String name, Map<String, String> settings, MeterRegistry meters) {
        DispatcherService service = starting(name, settings, meters);
        patiently().until(service::ready);
        return service;
    }

    /** Starts a replica, which may not be ready yet. */
    DispatcherService starting(String name, Map<String, String> settings, MeterRegistry meters) {
        return keep(DispatcherService.start(config(name, settings), kafka, topicConfig, meters));
    }

    private DispatcherConfig config(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        all.put("KAGU_DISPATCHER_STATE_DIR", folder.resolve(name).toString());
        all.put("KAGU_DISPATCHER_SESSION_TIMEOUT_MS", "2000");
        all.put("KAGU_DISPATCHER_STOP_GRACE_MS", "0");
        all.putAll(settings);
        return DispatcherConfig.of(DispatcherConfig.table().read(SettingSource.of(all)));
    }

    void stop(DispatcherService service) {
        open.remove(service);
        service.close();
    }

    /** Submits a job and returns once it is stored. */
    void submit(String id) throws Exception {
        submit(id, BODY);
    }

    void submit(String id, byte[] body) throws Exception {
        Job job = Job.of(id, "model-a", Priority.NORMAL, Instant.now());
        new JobProducer(producer, topics(), "/test").send(job, POOL, body).get();
    }

    Optional<JobStatus> state(String id) {
        return Optional.ofNullable(views.get(id)).map(JobView::state);
    }

    /** Jobs of which an owner has told, at least this version of their views. */
    long told(long version) {
        return views.values().stream().filter(view -> view.version() >= version).count();
    }

    void awaitState(String id, JobStatus state) {
        // Whole views, so that a failure says what happened to the job instead.
        patiently()
                .until(
                        () -> Optional.ofNullable(views.get(id)),
                        view -> view.map(JobView::state).equals(Optional.of(state)));
    }

    private void event(ConsumerRecord<String, byte[]> row) {
        JobView view = Json.read(row.value(), JobEvent.class).job();
        views.merge(row.key(), view, (a, b) -> b.version() >= a.version() ? b : a);
    }

    private GpuSpec spec() {
        return new GpuSpec(
                "only",
                gpu.endpoint(),
                Sidecar.NONE,
                POOL,
                "test",
                List.of(ServedModel.of("model-a")),
                2,
                0,
                0,
                60,
                GpuLimits.NONE,
                Optional.empty());
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }
}
