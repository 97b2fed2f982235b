package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The executor on a real broker: outcomes, heartbeats and aborts through their topics. */
@ExtendWith(KafkaExtension.class)
class KafkaExecutorTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final TopicConfig topicConfig;
    private final Topics topics;
    private final List<ConsumerRecord<String, byte[]>> outcomes = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> instances = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, GpuSpec> gpus = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicBoolean registryRead = new AtomicBoolean(true);

    private final KnownGpus known =
            new KnownGpus() {
                @Override
                public Optional<GpuSpec> gpu(String name) {
                    Optional<GpuSpec> known = Optional.ofNullable(gpus.get(name));
                    asked.add(name);
                    return known;
                }

                @Override
                public boolean complete() {
                    return registryRead.get();
                }
            };

    KafkaExecutorTest(TestKafka kafka) {
        topicConfig = new TopicConfig(kafka.topicPrefix(), 2, (short) 1, 1 << 20, 8 << 20, 1);
        topics = new Topics(topicConfig.prefix());
        clients = new KafkaClients(KafkaConfig.of(kafka.bootstrapServers()), topicConfig);
    }

    @BeforeEach
    void start() {
        try (Admin admin = clients.admin("test")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topicConfig));
        }
        follow(topics.outcomes(), outcomes);
        follow(topics.instances(), instances);
    }

    private void follow(String topic, List<ConsumerRecord<String, byte[]>> rows) {
        TopicFollower follower =
                TopicFollower.start(clients, topic, TopicFollower.From.END, rows::add);
        open.add(follower);
        follower.caughtUp().join();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    private Executor executor(String incarnation) {
        Executor executor =
                Executor.start(
                        unhurried(),
                        ExecutorPorts.kafka(clients, topics, known, Map.of()),
                        incarnation,
                        new SimpleMeterRegistry());
        open.add(executor);
        return executor;
    }

    /** The defaults, but a slow machine is not taken for one that is cut off. */
    private static ExecutorConfig unhurried() {
        ExecutorConfig defaults = ExecutorConfig.defaults();
        return new ExecutorConfig(
                defaults.callBudget(),
                defaults.heartbeatInterval(),
                LONG,
                LONG,
                defaults.maxResponseBytes(),
                LONG,
                defaults.maxRetryAfter());
    }

    @Test
    void anOutcomeReachesItsPoolsPartitionWithTheResponse() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{\"answer\":42}")) {
            executor("a").submit(CallBuilder.to(gpu).build());
            await().atMost(LONG).until(() -> outcomes.size() == 1);

            ConsumerRecord<String, byte[]> row = outcomes.getFirst();
            assertThat(row.key()).isEqualTo("pool-1");
            assertThat(new String(row.value(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"answer\":42}");
            assertThat(OutcomeRecords.read(row.headers()).outcome())
                    .isEqualTo(new Outcome.Completed(200, "application/json"));
        }
    }

    @Test
    void theLargestResponseReachesItsOwner() {
        String body = "x".repeat(topicConfig.maxResponseBytes());
        try (ScriptedGpu gpu = ScriptedGpu.answering(200, "", body)) {
            executor("b").submit(CallBuilder.to(gpu).build());
            await().atMost(LONG).until(() -> outcomes.size() == 1);

            assertThat(outcomes.getFirst().value()).hasSize(topicConfig.maxResponseBytes());
        }
    }

    @Test
    void anAbortFromTheTopicEndsTheCall() {
        try (ScriptedGpu gpu = ScriptedGpu.silent();
                Producer<String, byte[]> producer = clients.producer("test", 0)) {
            executor("c").submit(CallBuilder.to(gpu).build());
            await().atMost(LONG).until(() -> gpu.requests().size() == 1);
            // Sent again until the outcome is there, as an owner does; garbage changes nothing.
            await().atMost(LONG)
                    .until(() -> {
                        send(producer, new ProducerRecord<>(topics.aborts(), "x", null));
                        send(producer, new ProducerRecord<>(topics.aborts(), "x", new byte[1]));
                        send(producer, AbortCommand.of("job-1", 1).toRecord(topics.aborts()));
                        return outcomes.size() == 1;
                    });

            assertThat(OutcomeRecords.read(outcomes.getFirst().headers()).outcome())
                    .isEqualTo(new Outcome.Aborted());
            await().atMost(LONG).until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void aCallThatAnotherReplicaSpilledIsMadeOnceByTheExecutorAddressed() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}");
                AssignmentPublisher owner =
                        AssignmentPublisher.start(clients, topics.assignments())) {
            executor("e");
            executor("f");
            await().atMost(LONG)
                    .until(() ->
                            List.of("e", "f").stream()
                                    .allMatch(name ->
                                            beats().stream()
                                                    .filter(b -> b.incarnation().equals(name))
                                                    .anyMatch(b -> b.freeCalls() > 0)));
            Call unknown = CallBuilder.to(gpu).id("job-0").spilledTo("f", Long.MAX_VALUE).build();
            Call call = CallBuilder.to(gpu).spilledTo("f", Long.MAX_VALUE).build();
            Call last = CallBuilder.to(gpu).id("job-2").spilledTo("f", Long.MAX_VALUE).build();

            owner.send(unknown);
            await().atMost(LONG).until(() -> asked.contains(call.gpu().name()));
            gpus.put(call.gpu().name(), call.gpu());
            owner.send(call);
            owner.send(call);
            owner.send(last); // read after the duplicate: they share a partition
            await().atMost(LONG).until(() -> outcomes.size() == 2);

            assertThat(outcomes)
                    .extracting(row -> OutcomeRecords.read(row.headers()))
                    .allSatisfy(outcome -> assertThat(outcome.executor()).isEqualTo("f"))
                    .extracting(AttemptOutcome::jobId)
                    .containsExactlyInAnyOrder("job-1", "job-2");
            assertThat(gpu.requests()).hasSize(2);
        }
    }

    @Test
    void heartbeatsListTheCallAndAStopSaysGoodbye() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            Executor executor = executor("d");
            executor.submit(CallBuilder.to(gpu).build());
            await().atMost(LONG)
                    .until(() ->
                            beats().stream()
                                    .anyMatch(beat ->
                                            beat.calls().contains(new RunningCall("job-1", 1))));
            executor.close();
            await().atMost(LONG)
                    .until(() -> !instances.isEmpty() && instances.getLast().value() == null);

            assertThat(beats().getLast().leaving()).isTrue();
            assertThat(OutcomeRecords.read(outcomes.getFirst().headers()).outcome())
                    .isEqualTo(new Outcome.Lost("executor stopped"));
        }
    }

    /** A replica that starts would pass over every call that is spilled to it. */
    @Test
    void nobodyIsToldOfRoomBeforeTheGpusAreKnown() {
        registryRead.set(false);
        executor("g");
        await().atMost(LONG).until(() -> beats().size() > 3);
        assertThat(beats()).allMatch(beat -> beat.freeCalls() == 0);

        registryRead.set(true);

        await().atMost(LONG).until(() -> beats().getLast().freeCalls() > 0);
    }

    private List<Heartbeat> beats() {
        return instances.stream()
                .filter(row -> row.value() != null)
                .map(row -> Json.read(row.value(), Heartbeat.class))
                .toList();
    }

    private static void send(
            Producer<String, byte[]> producer, ProducerRecord<String, byte[]> row) {
        Future<?> _ = producer.send(row);
    }
}
