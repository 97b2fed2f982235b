package io.kagu.common.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;

import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@ExtendWith(KafkaExtension.class)
final class TopicWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final Duration TWO_LOOKS = Duration.ofMillis(900);

    private static Kafka kafka;

    private final List<TopicWatch> open = new ArrayList<>();

    @BeforeAll
    static void connect(TestKafka server) {
        kafka = new Kafka(server);
    }

    @AfterAll
    static void disconnect() {
        kafka.close();
    }

    @AfterEach
    void close() {
        open.forEach(TopicWatch::close);
    }

    private static TopicSpec spec(String name) {
        String topic = kafka.topicConfig().prefix() + name;
        return new TopicSpec(topic, 1, (short) 1, Map.of(), "key", "value", "writer", "reader");
    }

    private static void make(TopicSpec spec) {
        new TopicProvisioner(kafka.admin()).ensure(List.of(spec));
    }

    private static void delete(TopicSpec spec) throws Exception {
        kafka.admin().deleteTopics(List.of(spec.name())).all().get();
    }

    /** Watches a topic that exists, and has seen it. */
    private TopicWatch watch(TopicSpec spec) throws InterruptedException {
        TopicWatch watch =
                TopicWatch.start(kafka.clients().admin("watch"), List.of(spec), INTERVAL);
        open.add(watch);
        Thread.sleep(TWO_LOOKS);
        return watch;
    }

    private static void assertTrouble(TopicWatch watch, TopicSpec spec, String what) {
        await().atMost(PATIENCE).until(() -> !watch.intact());
        assertThat(watch.trouble()).as("it is told some time before the end").isNotDone();
        assertThat(watch.trouble())
                .succeedsWithin(PATIENCE)
                .extracting(TopicException::getMessage)
                .asString()
                .startsWith("topic %s %s while it was in use".formatted(spec.name(), what))
                .contains("it must stay, with 1 partitions", "Start the services again");
    }

    @Test
    void aTopicThatIsDeletedIsTrouble() throws Exception {
        TopicSpec spec = spec("deleted");
        make(spec);
        TopicWatch watch = watch(spec);
        assertThat(watch.intact()).isTrue();

        delete(spec);

        assertTrouble(watch, spec, "was deleted");
    }

    @Test
    void aTopicThatIsMadeAnewIsTrouble() throws Exception {
        TopicSpec spec = spec("anew");
        make(spec);
        TopicWatch watch = watch(spec);

        delete(spec);
        make(spec);

        assertTrouble(watch, spec, "was deleted and made anew");
    }

    @Test
    void furtherPartitionsAreTrouble() throws Exception {
        TopicSpec spec = spec("grown");
        make(spec);
        TopicWatch watch = watch(spec);

        kafka.admin()
                .createPartitions(Map.of(spec.name(), NewPartitions.increaseTo(3)))
                .all()
                .get();

        assertTrouble(watch, spec, "was given 3 partitions");
    }

    @Test
    void aTopicThatIsYetToComeIsNoTrouble() throws Exception {
        TopicSpec spec = spec("later");
        TopicWatch watch = watch(spec);
        make(spec);
        Thread.sleep(TWO_LOOKS);

        assertThat(watch.intact()).isTrue();
    }

    @Test
    void brokersThatDoNotAnswerAreNoTrouble() throws Exception {
        KafkaConfig nobody =
                new KafkaConfig(
                        "127.0.0.1:1",
                        Map.of("request.timeout.ms", "1000", "default.api.timeout.ms", "1000"));
        TopicSpec spec = spec("unheard");
        KafkaClients clients = new KafkaClients(nobody, kafka.topicConfig());
        try (TopicWatch watch = TopicWatch.start(clients.admin("watch"), List.of(spec), INTERVAL)) {
            Thread.sleep(TWO_LOOKS);

            assertThat(watch.intact()).isTrue();
        }
    }
}
