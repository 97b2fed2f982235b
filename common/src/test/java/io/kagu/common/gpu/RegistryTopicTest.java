package io.kagu.common.gpu;

import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;
import io.kagu.common.Samples;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    @Test
    void aRowTellsWhenItWasWrittenWhereItCameFromAndWhetherItIsGone() throws Exception {
        RegistryPublisher publisher =
                new RegistryPublisher(kafka.producer(), kafka.topics().registry());
        GpuSpec spec = gpu("from-file", "rows", "rows-model");
        try (RegistryTopic topic = follow()) {
            Instant before = Instant.now().minusMillis(1);
            assertThat(topic.awaitRead(publisher.put(spec.draining(true), Optional.of(spec)), SOON))
                    .isTrue();

            assertThat(topic.current().gpu("from-file")).contains(spec.draining(true));
            assertThat(topic.stored()).contains("from-file");
            RegistryRow row = topic.row("from-file").orElseThrow();
            assertThat(row.fileEntry()).contains(spec);
            assertThat(row.time()).isBetween(before, Instant.now());

            assertThat(topic.awaitRead(publisher.remove("from-file"), SOON)).isTrue();

            assertThat(topic.current().gpu("from-file")).isEmpty();
            assertThat(topic.gone()).contains("from-file");
            assertThat(topic.stored()).doesNotContain("from-file");
        }
    }

    @Test
    void whatWasNotWrittenIsNotRead() throws Exception {
        try (RegistryTopic topic = follow()) {
            TopicPartition first = new TopicPartition(kafka.topics().registry(), 0);
            RecordMetadata never = new RecordMetadata(first, 1_000_000, 0, 0, 0, 0);

            assertThat(topic.awaitRead(never, Duration.ofMillis(50))).isFalse();
        }
    }
}
