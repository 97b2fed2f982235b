package io.kagu.ingest.scrape;

import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.ingest.core.gpu.DownRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry and a topic of metrics on a real Kafka, and replicas that scrape. */
final class ScrapeRig implements AutoCloseable {

    static final int MISSES = 3;

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** A time limit that a good sidecar keeps on a busy machine, too. */
    private static final ScrapeConfig CONFIG =
            new ScrapeConfig(
                    Duration.ofMillis(200), Duration.ofSeconds(1), MISSES, DownRule.DEFAULT);

    private final Topics topics;
    private final KafkaClients clients;
    private final Producer<String, byte[]> producer;
    private final TopicFollower follower;
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();

    private Registry registered = Registry.EMPTY;

    /** A row of the topic of metrics; without a value where the GPU has none any more. */
    record Row(String gpu, Optional<GpuMetrics> metrics) {}

    private ScrapeRig(TestKafka kafka, String part, int partitions) throws Exception {
        TopicConfig shape =
                new TopicConfig(kafka.topicPrefix() + part, 1, (short) 1, 1 << 20, 1 << 20, 1);
        topics = new Topics(shape.prefix());
        clients = new KafkaClients(KafkaConfig.of(kafka.bootstrapServers()), shape);
        try (Admin admin = clients.admin("test-topics")) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(topics.registry(), 1, (short) 1)
                                            .configs(COMPACTED),
                                    new NewTopic(topics.metrics(), partitions, (short) 1)
                                            .configs(COMPACTED)))
                    .all()
                    .get();
        }
        producer = clients.producer("test-registry", 0);
        follower =
                TopicFollower.start(
                        clients, topics.metrics(), TopicFollower.From.BEGINNING, this::seen);
    }

    /** Metrics in one partition, as installations of before have them. */
    static ScrapeRig of(TestKafka kafka, String part) throws Exception {
        return new ScrapeRig(kafka, part, 1);
    }

    static ScrapeRig withPartitions(TestKafka kafka, String part, int partitions) throws Exception {
        return new ScrapeRig(kafka, part, partitions);
    }

    /** One ingest replica, as far as it scrapes. */
    static final class Replica implements AutoCloseable {
        private final RegistryTopic registry;
        private final GpuScraping scraping;
        private final MeterRegistry meters = new SimpleMeterRegistry();

        private Replica(KafkaClients clients, Topics topics) {
            registry = RegistryTopic.follow(clients, topics.registry());
            scraping =
                    GpuScraping.start(
                            clients, topics, registry, new GpuScraping.Scraping(CONFIG, meters));
        }

        List<String> gpus() {
            return List.copyOf(scraping.gpus());
        }

        double scrapes(String gpu, String result) {
            return Optional.ofNullable(
                            meters.find("kagu.ingest.scrapes")
                                    .tags("gpu", gpu, "result", result)
                                    .counter())
                    .map(Counter::count)
                    .orElse(0.0);
        }

        long timed() {
            return meters.get("kagu.ingest.scrape.duration").timer().count();
        }

        @Override
        public void close() {
            scraping.close();
            registry.close();
        }
    }

    Replica replica() {
        Replica replica = new Replica(clients, topics);
        replicas.add(replica);
        return replica;
    }

    /** Lets a member of the group get all GPUs and then die: it is only missed after a while. */
    void leaveAShareToADeadReplica() {
        Consumer<String, byte[]> member =
                clients.member("test-dead", topics.prefix() + "ingest-scrape");
        member.subscribe(List.of(topics.metrics()));
        await().atMost(SOON)
                .until(() -> {
                    member.poll(Duration.ofMillis(100));
                    return !member.assignment().isEmpty();
                });
        member.close(
                CloseOptions.groupMembershipOperation(
                        CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    /** Makes these, and no others, the registered GPUs. */
    void register(GpuSpec... gpus) throws InterruptedException {
        Registry wanted = Registry.of(List.of(gpus));
        new RegistryPublisher(producer, topics.registry()).replace(registered, wanted);
        registered = wanted;
    }

    /** The same GPU, down only with fuller memory than this. */
    static GpuSpec downAtVram(GpuSpec gpu, int percent) {
        return new GpuSpec(
                gpu.name(),
                gpu.endpoint(),
                gpu.sidecar(),
                gpu.pool(),
                gpu.type(),
                gpu.models(),
                gpu.slots(),
                gpu.vramMb(),
                gpu.order(),
                gpu.callTimeoutSeconds(),
                gpu.limits(),
                new DownAt(OptionalInt.of(percent), OptionalInt.empty(), OptionalInt.empty()),
                gpu.preferred(),
                gpu.draining(),
                gpu.credentialEnv());
    }

    private void seen(ConsumerRecord<String, byte[]> row) {
        rows.add(
                new Row(
                        row.key(),
                        Optional.ofNullable(row.value())
                                .map(value -> Json.read(value, GpuMetrics.class))));
    }

    /** What was said of a GPU so far, in order; without a value for the end of its metrics. */
    List<Optional<GpuMetrics>> said(String gpu) {
        return rows.stream().filter(row -> row.gpu().equals(gpu)).map(Row::metrics).toList();
    }

    /** Waits until the last row of a GPU is of this health. */
    GpuMetrics awaitHealth(String gpu, Health health) {
        await().atMost(SOON).until(() -> healthOf(gpu).equals(Optional.of(health)));
        return said(gpu).stream()
                .flatMap(Optional::stream)
                .filter(metrics -> metrics.health() == health)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until so many more rows of each of these GPUs came than there are now. */
    void awaitMore(int rowsMore, String... gpus) {
        for (Wanted wanted : Arrays.stream(gpus).map(gpu -> wanted(gpu, rowsMore)).toList()) {
            await().atMost(SOON).until(() -> said(wanted.gpu()).size() >= wanted.rows());
        }
    }

    private Wanted wanted(String gpu, int rowsMore) {
        return new Wanted(gpu, said(gpu).size() + rowsMore);
    }

    private record Wanted(String gpu, int rows) {}

    /** Waits until the last row of a GPU says that it has no metrics. */
    void awaitRetired(String gpu) {
        await().atMost(SOON).until(() -> !said(gpu).isEmpty() && said(gpu).getLast().isEmpty());
    }

    private Optional<Health> healthOf(String gpu) {
        List<Optional<GpuMetrics>> said = said(gpu);
        return said.isEmpty() ? Optional.empty() : said.getLast().map(GpuMetrics::health);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        follower.close();
        producer.close(Duration.ofSeconds(1));
    }
}
