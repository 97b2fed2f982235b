package io.kagu.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

@ExtendWith(KafkaExtension.class)
final class TopicFollowerTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Kafka kafka;
    private String topic;

    @BeforeEach
    void makeTopic(TestKafka server, TestInfo test) throws Exception {
        kafka = new Kafka(server);
        topic = server.topicPrefix() + test.getTestMethod().orElseThrow().getName();
        kafka.admin().createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    private void write(String value) throws Exception {
        kafka.write(topic, value, value.getBytes(UTF_8));
    }

    private TopicFollower follow(TopicFollower.From from) {
        return TopicFollower.start(kafka.clients(), topic, from, row -> seen.add(row.key()));
    }

    @Test
    void fromTheBeginningEverythingIsThereOnceCaughtUpAndThenWhatComes() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("old-" + i);
        }

        try (TopicFollower follower = follow(TopicFollower.From.BEGINNING)) {
            assertThat(follower.caughtUp()).succeedsWithin(SOON);
            assertThat(seen).hasSize(20);

            write("new");
            await().atMost(SOON).until(() -> seen.contains("new"));
        }
    }

    @Test
    void fromTheEndNothingOldIsSeenAndNothingNewIsMissed() throws Exception {
        write("old");

        try (TopicFollower follower = follow(TopicFollower.From.END)) {
            assertThat(follower.caughtUp()).succeedsWithin(SOON);
            for (int i = 0; i < 20; i++) {
                write("new-" + i);
            }

            await().atMost(SOON).until(() -> seen.size() == 20);
            assertThat(seen).doesNotContain("old");
        }
    }

    @Test
    void anEmptyTopicIsCaughtUpWithAtOnce() {
        try (TopicFollower follower = follow(TopicFollower.From.BEGINNING)) {
            assertThat(follower.caughtUp()).succeedsWithin(SOON);
        }
    }

    @Test
    void aClosedFollowerHasEndedAndSeesNothingMore() throws Exception {
        TopicFollower follower = follow(TopicFollower.From.BEGINNING);
        assertThat(follower.caughtUp()).succeedsWithin(SOON);

        follower.close();
        follower.close();
        write("late");

        assertThat(follower.ended()).succeedsWithin(SOON);
        assertThat(seen).isEmpty();
    }

    @Test
    void aThrowOfTheHandlerEndsTheFollowerAndIsTold() throws Exception {
        write("bad");
        TopicFollower follower =
                TopicFollower.start(
                        kafka.clients(),
                        topic,
                        TopicFollower.From.BEGINNING,
                        _ -> {
                            throw new IllegalStateException("a bug");
                        });

        assertThat(follower.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("a bug");
        assertThat(follower.caughtUp()).isCompletedExceptionally();
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        try (TopicFollower follower =
                TopicFollower.start(
                        kafka.clients(), topic + "-none", TopicFollower.From.END, _ -> {})) {
            assertThat(follower.caughtUp())
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withMessageContaining("there is no topic " + topic + "-none");
        }
    }

    @Test
    void whoeverWaitsForAFollowerThatWasClosedBeforeIsToldSo() {
        KafkaClients nobody = new KafkaClients(KafkaConfig.of("127.0.0.1:1"), kafka.topicConfig());
        TopicFollower follower =
                TopicFollower.start(nobody, topic, TopicFollower.From.END, _ -> {});

        follower.close();

        assertThat(follower.caughtUp())
                .failsWithin(SOON)
                .withThrowableThat()
                .isInstanceOf(CancellationException.class);
    }
}
