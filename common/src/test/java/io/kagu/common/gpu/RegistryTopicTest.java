package io.kagu.common.gpu;

import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;
import io.kagu.common.Samples;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;

@ExtendWith(KafkaExtension.class)
final class RegistryTopicTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Kafka kafka;

    @BeforeAll
    static void connect(TestKafka server) {
        kafka = new Kafka(server).withTopics();
    }

    @AfterAll
    static void disconnect() {
        kafka.close();
    }

    private static RegistryTopic follow() {
        RegistryTopic topic = RegistryTopic.follow(kafka.clients(), kafka.topics().registry());
        assertThat(topic.caughtUp()).succeedsWithin(SOON);
        return topic;
    }

    @Test
    void whatIsPublishedIsWhatFollowersSayAndRemovedGpusAreGone() throws Exception {
        RegistryPublisher publisher =
                new RegistryPublisher(kafka.producer(), kafka.topics().registry());
        Registry first =
                Registry.of(
                        List.of(
                                Samples.fullGpu(),
                                gpu("gpu-b", "small", "m"),
                                gpu("gpu-c", "small", "m")));
        Registry second = Registry.of(List.of(Samples.fullGpu(), gpu("gpu-c", "small", "other")));

        publisher.replace(Registry.EMPTY, first);
        try (RegistryTopic early = follow()) {
            assertThat(early.current().gpus()).isEqualTo(first.gpus());

            publisher.replace(early.current(), second);

            await().atMost(SOON).until(() -> early.current().gpus().equals(second.gpus()));
            try (RegistryTopic late = follow()) {
                assertThat(late.current().gpus()).isEqualTo(second.gpus());
            }
            publisher.replace(second, Registry.EMPTY);
            await().atMost(SOON).until(() -> early.current().gpus().isEmpty());
        }
    }
}
