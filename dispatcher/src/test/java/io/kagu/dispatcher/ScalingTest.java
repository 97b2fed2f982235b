package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.Partitions;
import io.kagu.common.topic.TopicConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Replicas come and go: whose pools move, and whose do not. */
@ExtendWith(KafkaExtension.class)
class ScalingTest {

    private static final int PARTITIONS = 6;
    private static final List<Integer> ALL = IntStream.range(0, PARTITIONS).boxed().toList();

    private final TestKafka broker;
    private final List<DispatcherService> replicas = new ArrayList<>();
    private DispatcherRig rig;

    @TempDir Path folder;

    ScalingTest(TestKafka broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() throws Exception {
        TopicConfig topics =
                new TopicConfig(
                        broker.topicPrefix() + "scale.",
                        PARTITIONS,
                        (short) 1,
                        1 << 20,
                        1 << 20,
                        1);
        rig = new DispatcherRig(KafkaConfig.of(broker.bootstrapServers()), topics, folder);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void whoStaysKeepsItsPools() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            replicas.add(rig.dispatcher(name, Map.of()));
        }
        // The pool's GPU has two slots: its task weighs as much as three others.
        awaitSizes(1, 2, 3);
        List<Integer> ofOne = replicas.get(0).partitions();
        List<Integer> ofThree = replicas.get(2).partitions();

        rig.stop(replicas.remove(1));

        DispatcherRig.patiently()
                .until(() -> {
                    assertThat(replicas.get(0).partitions()).containsAll(ofOne);
                    assertThat(replicas.get(1).partitions()).containsAll(ofThree);
                    return owned().equals(ALL);
                });
        rig.submit("after");
        rig.gpu().letGo(1);
        rig.awaitState("after", JobStatus.COMPLETED);
    }

    @Test
    void whoComesIsGivenAsMuchWorkNotAsManyTasks() {
        replicas.add(rig.dispatcher("one", Map.of()));
        awaitSizes(PARTITIONS);

        replicas.add(rig.dispatcher("two", Map.of()));

        awaitSizes(2, 4);
        int busy = Partitions.of(DispatcherRig.POOL, PARTITIONS);
        assertThat(replicas.get(1).partitions()).hasSize(2).contains(busy);
    }

    private void awaitSizes(Integer... sizes) {
        DispatcherRig.patiently()
                .until(() -> owned().equals(ALL) && sizes().equals(List.of(sizes)));
    }

    private List<Integer> sizes() {
        return replicas.stream().map(each -> each.partitions().size()).sorted().toList();
    }

    private List<Integer> owned() {
        return replicas.stream()
                .map(DispatcherService::partitions)
                .flatMap(Collection::stream)
                .sorted()
                .toList();
    }
}
