package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

/** What the Kafka adapter does when the producer gives up. */
class KafkaOutcomePublisherTest {

    private static final AttemptOutcome DONE =
            new AttemptOutcome(
                    "job-1", 1, "gpu-1", "executor-1", 1, 2, new Outcome.Completed(200, "a/b"));

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final KafkaOutcomePublisher publisher = new KafkaOutcomePublisher(producer, "outcomes");
    private final AtomicInteger acknowledged = new AtomicInteger();

    private void publish() {
        publisher.publish("pool-1", DONE, new byte[] {1}, acknowledged::incrementAndGet);
    }

    @Test
    void anOutcomeIsAcknowledgedOnceItIsStored() {
        publish();
        assertThat(acknowledged).hasValue(0);
        producer.completeNext();

        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void whatTheProducerGivesUpIsSentAgain() {
        publish();
        producer.errorNext(new TimeoutException("test"));
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();

        assertThat(acknowledged).hasValue(1);
        assertThat(producer.history().getLast().value()).containsExactly(1);
    }

    @Test
    void whatTheBrokerFindsTooLargeIsReplacedByAReason() {
        publish();
        producer.errorNext(new RecordTooLargeException("test"));
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();

        assertThat(acknowledged).hasValue(1);
        assertThat(producer.history().getLast().value()).isEmpty();
        assertThat(OutcomeRecords.read(producer.history().getLast().headers()).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("response_too_large"));
    }
}
