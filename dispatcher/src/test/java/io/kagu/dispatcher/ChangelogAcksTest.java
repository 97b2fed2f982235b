package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class ChangelogAcksTest {

    private static final String CHANGELOG = "kagu.dispatcher-jobs-changelog";
    private static final int PARTITION = 3;

    private final ChangelogAcks acks = new ChangelogAcks();
    private final ChangelogInterceptor producer = producer();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void anActionWaitsForAllThatWasWrittenBeforeIt() {
        write(producer, PARTITION);
        write(producer, PARTITION);
        acks.whenStored(PARTITION, () -> done.add("after two"));
        write(producer, PARTITION);
        acks.whenStored(PARTITION, () -> done.add("after three"));

        acknowledge(producer, PARTITION, null);
        acknowledge(producer, PARTITION, null);
        await().until(() -> done.equals(List.of("after two")));
        acknowledge(producer, PARTITION, null);

        await().until(() -> done.equals(List.of("after two", "after three")));
    }

    /** Each of them would start the action if it counted; what runs at the end shows it did not. */
    @Test
    void neitherAnotherPartitionNorAnotherTopicCounts() {
        write(producer, PARTITION);
        acks.whenStored(PARTITION, () -> done.add(done.isEmpty() ? "too early" : "in time"));

        write(producer, PARTITION + 1);
        acknowledge(producer, PARTITION + 1, null);
        acknowledge(producer, new TopicPartition("kagu.jobs.events", PARTITION), null);
        acks.whenStored(PARTITION + 1, () -> done.add("the other partition"));
        await().until(() -> done.equals(List.of("the other partition")));
        acknowledge(producer, PARTITION, null);

        await().until(() -> done.equals(List.of("the other partition", "in time")));
    }

    @Test
    void whatCouldNotBeStoredIsWaitedForInVain() {
        write(producer, PARTITION);
        acks.whenStored(PARTITION, () -> done.add("never"));
        acknowledge(producer, PARTITION, new TimeoutException("brokers away"));
        acknowledge(producer, PARTITION, null);
        acks.whenStored(PARTITION, () -> done.add("never either"));

        ChangelogInterceptor next = producer();
        write(next, PARTITION);
        acks.whenStored(PARTITION, () -> done.add("by the next thread"));
        acknowledge(next, PARTITION, null);

        await().until(() -> !done.isEmpty());
        assertThat(done).containsExactly("by the next thread");
    }

    /** The first thread has all its records stored, the second writes the partition now. */
    @Test
    void whoWroteLastIsWaitedFor() {
        ChangelogInterceptor other = producer();
        write(other, PARTITION);
        write(producer, PARTITION);
        acknowledge(producer, PARTITION, null);
        acknowledge(other, PARTITION, null);

        write(other, PARTITION);
        acks.whenStored(PARTITION, () -> done.add("done"));
        acknowledge(producer, PARTITION, null);
        acks.whenStored(PARTITION + 1, () -> done.add("nothing was written there"));
        await().until(() -> done.equals(List.of("nothing was written there")));
        acknowledge(other, PARTITION, null);

        await().until(() -> done.equals(List.of("nothing was written there", "done")));
    }

    private ChangelogInterceptor producer() {
        ChangelogInterceptor interceptor = new ChangelogInterceptor();
        interceptor.configure(Map.of(ChangelogInterceptor.ACKS_CONFIG, acks));
        return interceptor;
    }

    private static void write(ChangelogInterceptor producer, int partition) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(CHANGELOG, partition, new byte[0], new byte[0]);
        assertThat(producer.onSend(record)).isSameAs(record);
    }

    private static void acknowledge(
            ChangelogInterceptor producer, int partition, @Nullable Exception failure) {
        acknowledge(producer, new TopicPartition(CHANGELOG, partition), failure);
    }

    private static void acknowledge(
            ChangelogInterceptor producer, TopicPartition partition, @Nullable Exception failure) {
        RecordMetadata stored = new RecordMetadata(partition, 0, 0, 0, 0, 0);
        producer.onAcknowledgement(stored, failure, new RecordHeaders());
    }
}
