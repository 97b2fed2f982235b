package io.kagu.bench.soak;

import io.kagu.bench.service.ServiceProcess;
import io.kagu.bench.service.ServiceRole;
import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;
import io.kagu.broker.Ports;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A broker, a dispatcher and a status-api as processes, and a GPU that answers at once. What is
 * kept, is kept as shortly as the settings allow, so that a short run sees it go.
 */
final class SoakStack implements AutoCloseable {

    static final String POOL = "pool";
    static final String MODEL = "soak";
    private static final String SETUP = "soak-setup";
    private static final int SLOTS = 64;
    private static final int MAX_BYTES = 1 << 20;
    private static final int CALL_TIMEOUT_SECONDS = 30;
    private static final String RETENTION_MILLIS = "60000";
    private static final String SEGMENT_BYTES = Integer.toString(4 << 20);

    private final Path folder;
    private final TopicConfig topics =
            new TopicConfig("soak.", 1, (short) 1, MAX_BYTES, MAX_BYTES, 1);
    private final EmbeddedBroker broker;
    private final SimulatedGpu gpu;
    private final List<ServiceProcess> services = new ArrayList<>();

    private SoakStack(Path folder) {
        this.folder = folder;
        this.broker =
                EmbeddedBroker.start(
                        BrokerConfig.in(folder.resolve("broker"))
                                .withPeakSpeed()
                                .withProperty("log.retention.check.interval.ms", "5000")
                                .withProperty("log.cleaner.backoff.ms", "5000")
                                .withProperty("log.segment.delete.delay.ms", "1000"));
        this.gpu =
                SimulatedGpu.start(SimulatedGpuConfig.instant("soak-gpu", MODEL).withSlots(SLOTS));
    }

    /** Starts all of it in a folder of its own. */
    static SoakStack start(Path folder) throws InterruptedException {
        SoakStack stack = new SoakStack(folder);
        try {
            stack.makeTopics();
            stack.startServices();
            return stack;
        } catch (RuntimeException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    private void makeTopics() throws InterruptedException {
        try (Admin admin = clients().admin(SETUP);
                Producer<String, byte[]> producer = clients().producer(SETUP, 0)) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
            new RegistryPublisher(producer, names().registry())
                    .replace(Registry.EMPTY, Registry.of(List.of(spec())));
        }
    }

    private GpuSpec spec() {
        return new GpuSpec(
                "soak-gpu",
                URI.create(gpu.endpoint()),
                Sidecar.NONE,
                POOL,
                "simulated",
                List.of(ServedModel.of(MODEL)),
                SLOTS,
                0,
                0,
                CALL_TIMEOUT_SECONDS,
                GpuLimits.NONE,
                Optional.empty());
    }

    private void startServices() throws InterruptedException {
        services.add(
                start(
                        ServiceRole.DISPATCHER,
                        "KAGU_DISPATCHER_",
                        Map.of("KAGU_DISPATCHER_RETENTION_MS", RETENTION_MILLIS)));
        services.add(
                start(
                        ServiceRole.STATUS_API,
                        "KAGU_STATUS_",
                        Map.of("KAGU_STATUS_RETENTION_HOURS", "1")));
        for (ServiceProcess service : services) {
            service.awaitReady();
        }
        keepShortly();
    }

    private ServiceProcess start(ServiceRole role, String keys, Map<String, String> own) {
        int port = new Ports(ThreadLocalRandom.current()).free();
        Map<String, String> all = new TreeMap<>(own);
        all.put("KAGU_KAFKA_BOOTSTRAP", broker.bootstrapServers());
        all.put("KAGU_TOPIC_PREFIX", topics.prefix());
        all.put("KAGU_TOPIC_PARTITIONS", Integer.toString(topics.partitions()));
        all.put("KAGU_TOPIC_RETENTION_HOURS", Integer.toString(topics.retentionHours()));
        all.put("KAGU_MAX_BODY_BYTES", Integer.toString(MAX_BYTES));
        all.put("KAGU_MAX_RESPONSE_BYTES", Integer.toString(MAX_BYTES));
        all.put(keys + "PORT", Integer.toString(port));
        all.put(keys + "STATE_DIR", stores(role).toString());
        return ServiceProcess.startLongLived(role.word(), role, all, port, folder);
    }

    /** All topics, the changelogs among them, let go of old records within a minute or so. */
    private void keepShortly() throws InterruptedException {
        try (Admin admin = clients().admin(SETUP)) {
            admin.incrementalAlterConfigs(
                            admin.listTopics().names().get().stream()
                                    .map(name ->
                                            new ConfigResource(ConfigResource.Type.TOPIC, name))
                                    .collect(
                                            Collectors.toMap(
                                                    Function.identity(), SoakStack::shortly)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot set the topics up", e);
        }
    }

    private static Collection<AlterConfigOp> shortly(ConfigResource topic) {
        return List.of(
                set("segment.bytes", SEGMENT_BYTES),
                set("retention.ms", RETENTION_MILLIS),
                set("delete.retention.ms", RETENTION_MILLIS),
                set("min.cleanable.dirty.ratio", "0.3"));
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }

    KafkaClients clients() {
        return new KafkaClients(KafkaConfig.of(broker.bootstrapServers()), topics);
    }

    Topics names() {
        return new Topics(topics.prefix());
    }

    long brokerPid() {
        return broker.pid();
    }

    ServiceProcess dispatcher() {
        return services.getFirst();
    }

    ServiceProcess statusApi() {
        return services.getLast();
    }

    /** Where the broker keeps the topics. */
    Path logs() {
        return folder.resolve("broker");
    }

    /** Where a service keeps its stores. */
    Path stores(ServiceRole role) {
        return folder.resolve("stores-" + role.word());
    }

    @Override
    public void close() {
        services.forEach(ServiceProcess::close);
        gpu.close();
        broker.kill();
    }
}
