package io.kagu.common.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

@ExtendWith(KafkaExtension.class)
final class TopicProvisionerTest {

    private static Kafka kafka;

    @BeforeAll
    static void connect(TestKafka server) {
        kafka = new Kafka(server);
    }

    @AfterAll
    static void disconnect() {
        kafka.close();
    }

    private static TopicProvisioner provisioner() {
        return new TopicProvisioner(kafka.admin());
    }

    private static TopicConfig config(String prefix, int partitions) {
        return new TopicConfig(
                kafka.topicConfig().prefix() + prefix, partitions, (short) 1, 2000, 4000, 1);
    }

    private static void make(String topic, int partitions, Map<String, String> settings)
            throws Exception {
        kafka.admin()
                .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                .all()
                .get();
    }

    private static TopicSpec spec(String name, int partitions, Map<String, String> settings) {
        return new TopicSpec(
                kafka.topicConfig().prefix() + name,
                partitions,
                (short) 1,
                settings,
                "key",
                "value",
                "writer",
                "reader");
    }

    @Test
    void allTopicsAreMadeAndPassTheNextTime() throws Exception {
        List<TopicSpec> table = TopicTable.of(config("all.", 3));

        provisioner().ensure(table);
        provisioner().ensure(table);

        assertThat(kafka.admin().listTopics().names().get())
                .containsAll(table.stream().map(TopicSpec::name).toList());
    }

    @Test
    void servicesThatStartAtTheSameTimeDoNotDisturbEachOther() {
        List<TopicSpec> table = TopicTable.of(config("race.", 1));

        List<CompletableFuture<Void>> starts =
                IntStream.range(0, 4)
                        .mapToObj(
                                _ -> CompletableFuture.runAsync(() -> provisioner().ensure(table)))
                        .toList();

        assertThatCode(() -> starts.forEach(CompletableFuture::join)).doesNotThrowAnyException();
    }

    @Test
    void anotherPartitionCountIsToldForEveryTopicAtOnce() {
        provisioner().ensure(TopicTable.of(config("count.", 1)));
        TopicConfig other = config("count.", 2);

        assertThatThrownBy(() -> provisioner().ensure(TopicTable.of(other)))
                .isInstanceOf(TopicException.class)
                .hasMessageStartingWith("topics differ from what Kagu needs:")
                .hasMessageContaining(other.prefix() + "jobs.high has 1 partitions, must have 2")
                .hasMessageContaining(other.prefix() + "jobs.low has 1 partitions, must have 2")
                .hasMessageEndingWith("or set another KAGU_TOPIC_PREFIX.");
    }

    @Test
    void partitionsThatOnlySpreadWorkMayBeOfAnyNumber() throws Exception {
        TopicSpec wanted =
                TopicTable.of(config("spread.", 4)).stream()
                        .filter(spec -> !spec.partitionsFixed())
                        .findFirst()
                        .orElseThrow();
        assertThat(wanted.name()).endsWith("gpus.metrics");
        make(wanted.name(), 1, Map.of("cleanup.policy", "compact"));

        assertThatCode(() -> provisioner().ensure(List.of(wanted))).doesNotThrowAnyException();
    }

    @Test
    void anotherCleanupIsRefused() throws Exception {
        TopicSpec wanted = spec("cleanup", 1, Map.of("cleanup.policy", "compact"));
        make(wanted.name(), 1, Map.of("cleanup.policy", "delete"));

        assertThatThrownBy(() -> provisioner().ensure(List.of(wanted)))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining(
                        wanted.name() + " has cleanup.policy=delete, must be compact");
    }

    @Test
    void aTopicWithoutRoomForTheLargestRecordIsRefused() throws Exception {
        TopicSpec wanted = spec("small", 1, Map.of("max.message.bytes", "5000"));
        make(wanted.name(), 1, Map.of("max.message.bytes", "4999"));

        assertThatThrownBy(() -> provisioner().ensure(List.of(wanted)))
                .hasMessageContaining(wanted.name() + " has max.message.bytes=4999, must be 5000");
    }

    @Test
    void moreRoomAndLongerRetentionAreTheOperatorsBusiness() throws Exception {
        TopicSpec wanted =
                spec("large", 1, Map.of("max.message.bytes", "5000", "retention.ms", "1000"));
        make(wanted.name(), 1, Map.of("max.message.bytes", "9000", "retention.ms", "2000"));

        assertThatCode(() -> provisioner().ensure(List.of(wanted))).doesNotThrowAnyException();
    }

    @Test
    void whatTheClusterRefusesToMakeIsNamed() {
        TopicSpec impossible =
                new TopicSpec(
                        kafka.topicConfig().prefix() + "copies",
                        1,
                        (short) 9,
                        Map.of(),
                        "key",
                        "value",
                        "writer",
                        "reader");

        assertThatThrownBy(() -> provisioner().ensure(List.of(impossible)))
                .isInstanceOf(TopicException.class)
                .hasMessageStartingWith("could not create topic " + impossible.name())
                .hasMessageContaining("9 time(s)");
    }
}
