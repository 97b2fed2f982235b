package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Heartbeats that crashed instances left behind. */
@ExtendWith(KafkaExtension.class)
class InstanceSweepTest {

    private static final byte[] HEARTBEAT = {'{', '}'};

    private final TestKafka broker;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    @TempDir Path folder;

    InstanceSweepTest(TestKafka broker) {
        this.broker = broker;
    }

    @Test
    void aDispatcherThatStartsTakesBackTheHeartbeatsOfInstancesThatAreLongGone() throws Exception {
        String prefix = broker.topicPrefix() + "sweep.";
        try (DispatcherRig rig =
                new DispatcherRig(KafkaConfig.of(broker.bootstrapServers()), prefix, folder)) {
            leave(rig, "crashed-long-ago", Duration.ofDays(2));
            leave(rig, "crashed-today", Duration.ofHours(2));
            leave(rig, "just-heard", Duration.ZERO);
            TopicFollower follower =
                    rig.keep(
                            TopicFollower.start(
                                    rig.clients(),
                                    rig.topics().instances(),
                                    TopicFollower.From.BEGINNING,
                                    row -> {
                                        if (row.value() == null) {
                                            known.remove(row.key());
                                        } else {
                                            known.add(row.key());
                                        }
                                    }));
            follower.caughtUp().join();
            assertThat(known).contains("crashed-long-ago");

            rig.dispatcher("one", Map.of());

            DispatcherRig.patiently().until(() -> !known.contains("crashed-long-ago"));
            assertThat(known).contains("crashed-today", "just-heard");
        }
    }

    private static void leave(DispatcherRig rig, String incarnation, Duration ago)
            throws Exception {
        long time = Instant.now().minus(ago).toEpochMilli();
        String topic = rig.topics().instances();
        rig.producer().send(new ProducerRecord<>(topic, null, time, incarnation, HEARTBEAT)).get();
    }
}
