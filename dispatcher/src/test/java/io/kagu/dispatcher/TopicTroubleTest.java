package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Topics that are deleted, as seen on a real broker. */
@ExtendWith(KafkaExtension.class)
class TopicTroubleTest {

    private static final Map<String, String> DEFAULTS = Map.of();
    private static int installations;

    private final KafkaConfig kafka;
    private final String prefix;

    private DispatcherRig rig;

    @TempDir Path folder;

    TopicTroubleTest(TestKafka broker) {
        kafka = KafkaConfig.of(broker.bootstrapServers());
        prefix = broker.topicPrefix() + "trouble" + installations++ + ".";
    }

    @BeforeEach
    void start() throws Exception {
        rig = new DispatcherRig(kafka, prefix, folder);
        rig.gpu().letGo(1_000);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void complete(String name, int count) throws Exception {
        submit(name, count);
        awaitCompleted(name, count);
    }

    private void submit(String name, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            rig.submit(name + i);
        }
    }

    private void awaitCompleted(String name, int count) {
        for (int i = 0; i < count; i++) {
            rig.awaitState(name + i, JobStatus.COMPLETED);
        }
    }

    private void delete(String topic) throws Exception {
        try (Admin admin = rig.clients().admin("test")) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    @Test
    void jobsOfATopicThatWasMadeAnewAreTakenInAlthoughTheirOffsetsWereSeenBefore()
            throws Exception {
        DispatcherService first = rig.dispatcher("one", DEFAULTS);
        complete("before-", 10);
        rig.stop(first);
        delete(rig.topics().jobs(Priority.NORMAL));
        rig.ensureTopics();
        rig.dispatcher("one", DEFAULTS);

        complete("after-", 5);
    }

    @Test
    void jobsThatTheGroupOfATopicMadeAnewIsPastAreTakenInToo() throws Exception {
        DispatcherService first = rig.dispatcher("one", DEFAULTS);
        complete("before-", 10);
        rig.stop(first);
        delete(rig.topics().jobs(Priority.NORMAL));
        rig.ensureTopics();
        submit("early-", 8);
        commitTooLate(rig.topics().jobs(Priority.NORMAL), 5);
        DispatcherService second = rig.dispatcher("one", DEFAULTS);
        awaitCompleted("early-", 8);
        rig.stop(second);

        rig.dispatcher("one", DEFAULTS);

        complete("after-", 5);
        assertThat(rig.gpu().started()).doesNotHaveDuplicates().hasSize(23);
    }

    /** As a thread does that learns of the deletion after its group began with the new topic. */
    private void commitTooLate(String topic, long offset) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < rig.topicConfig().partitions(); i++) {
            offsets.put(
                    new TopicPartition(topic, i),
                    new OffsetAndMetadata(offset, Optional.of(0), ""));
        }
        try (Admin admin = rig.clients().admin("test")) {
            admin.alterConsumerGroupOffsets(prefix + "dispatcher", offsets).all().get();
        }
    }

    @Test
    void jobsOfATopicThatWasMadeAnewUnderARunningDispatcherAreTakenIn() throws Exception {
        rig.dispatcher("one", DEFAULTS);
        complete("before-", 10);
        delete(rig.topics().jobs(Priority.NORMAL));
        rig.ensureTopics();

        complete("after-", 5);
    }

    @Test
    void withoutTheChangelogOfJobsThatItTookADispatcherRefusesToStart() throws Exception {
        DispatcherService first = rig.dispatcher("one", DEFAULTS);
        complete("before-", 3);
        rig.stop(first);
        String changelog = prefix + "dispatcher-jobs-changelog";
        delete(changelog);

        assertThatThrownBy(() -> rig.dispatcher("one", DEFAULTS))
                .isInstanceOf(TopicException.class)
                .hasMessageStartingWith("topic " + changelog + " is gone")
                .hasMessageContaining("delete that group and the state folders");
    }

    @Test
    void aDispatcherWhoseTopicIsDeletedEndsAndNamesIt() throws Exception {
        CompletableFuture<Void> process =
                CompletableFuture.runAsync(
                        () -> DispatcherMain.run(environment()),
                        task -> Thread.ofPlatform().start(task));
        complete("before-", 3);
        String topic = rig.topics().jobs(Priority.HIGH);
        delete(topic);

        assertThat(process)
                .failsWithin(DispatcherRig.PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TopicException.class)
                .withMessageStartingWith("topic " + topic + " was deleted while it was in use");
    }

    private Map<String, String> environment() {
        return Map.of(
                "KAGU_MAX_BODY_BYTES", "1048576",
                "KAGU_MAX_RESPONSE_BYTES", "1048576",
                "KAGU_KAFKA_BOOTSTRAP", kafka.bootstrap(),
                "KAGU_TOPIC_PREFIX", prefix,
                "KAGU_TOPIC_PARTITIONS", "2",
                "KAGU_TOPIC_REPLICATION", "1",
                "KAGU_DISPATCHER_STOP_GRACE_MS", "0",
                "KAGU_DISPATCHER_PORT", "0",
                "KAGU_DISPATCHER_STATE_DIR", folder.resolve("process").toString());
    }
}
