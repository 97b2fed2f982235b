package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

class RewindsTest {

    private static final TopicPartition JOBS = new TopicPartition("jobs.normal", 1);
    private static final TopicPartition ELSEWHERE = new TopicPartition("jobs.normal", 2);
    private static final long LATE = 5;
    private static final long END = 8;

    private final Rewinds rewinds = new Rewinds();
    private final GroupMember consumer = new GroupMember();

    /** Kafka's own consumer without brokers, in a group that may be rebalancing. */
    private static final class GroupMember extends MockConsumer<byte[], byte[]> {

        private boolean rebalancing;

        GroupMember() {
            super("earliest");
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (rebalancing) {
                throw new RebalanceInProgressException("not now");
            }
            super.commitSync(offsets, timeout);
        }
    }

    @BeforeEach
    void goOnLate() {
        consumer.assign(List.of(JOBS));
        consumer.updateBeginningOffsets(Map.of(JOBS, 0L));
        for (long offset = 0; offset < END; offset++) {
            consumer.addRecord(new ConsumerRecord<>(JOBS.topic(), 1, offset, null, new byte[0]));
        }
        consumer.seek(JOBS, LATE);
        consumer.commitSync(Map.of(JOBS, new OffsetAndMetadata(LATE)));
    }

    private List<Long> polled() {
        rewinds.beforePoll(consumer);
        List<Long> offsets = new ArrayList<>();
        consumer.poll(Duration.ZERO).forEach(row -> offsets.add(row.offset()));
        return offsets;
    }

    private long committed() {
        return consumer.committed(Set.of(JOBS)).get(JOBS).offset();
    }

    @Test
    void consumerAndGroupBeginAtTheFirstRecord() {
        CompletableFuture<Void> held = rewinds.ask(JOBS);

        assertThat(polled()).startsWith(0L);
        assertThat(committed()).isZero();
        assertThat(held).isCompleted();
        assertThat(polled()).isEmpty();
    }

    @Test
    void aGroupThatRebalancesHoldsItLaterAndNothingBehindIsReadFirst() {
        CompletableFuture<Void> held = rewinds.ask(JOBS);
        consumer.rebalancing = true;

        assertThat(polled()).startsWith(0L);
        assertThat(committed()).isEqualTo(LATE);
        assertThat(held).isNotDone();

        consumer.rebalancing = false;
        assertThat(polled()).isEmpty();
        assertThat(committed()).isZero();
        assertThat(held).isCompleted();
    }

    @Test
    void whatWasTakenBackIsNotDone() {
        rewinds.ask(JOBS).cancel(false);

        assertThat(polled()).startsWith(LATE);
        assertThat(committed()).isEqualTo(LATE);
    }

    @Test
    void aPartitionThatTheConsumerHasNotIsLeft() {
        CompletableFuture<Void> held = rewinds.ask(ELSEWHERE);

        assertThat(polled()).startsWith(LATE);
        assertThat(held).isNotDone();
    }

    @Test
    void whatAThreadAskedForThatIsGoneIsNotDone() throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> rewinds.ask(JOBS).whenComplete((_, e) -> held.complete(null)));
        thread.join();

        assertThat(polled()).startsWith(LATE);
        assertThat(committed()).isEqualTo(LATE);
        assertThat(held).isNotDone();
    }
}
