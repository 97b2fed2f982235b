package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Outcomes into their topic. The producer retries for minutes by itself; what it gives up is sent
 * anew, because an outcome that never comes holds a slot until the lease's deadline.
 */
final class KafkaOutcomePublisher implements OutcomePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutcomePublisher.class);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 500;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final Executor retries =
            CompletableFuture.delayedExecutor(
                    RETRY_MILLIS, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private volatile boolean closed;

    KafkaOutcomePublisher(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public void publish(String pool, AttemptOutcome outcome, byte[] body, Runnable acknowledged) {
        send(new Sending(pool, outcome, acknowledged), body);
    }

    private void send(Sending sending, byte[] body) {
        ProducerRecord<String, byte[]> row =
                OutcomeRecords.write(topic, sending.pool(), sending.outcome(), body);
        try {
            Future<?> _ = producer.send(row, (_, failure) -> sent(sending, body, failure));
        } catch (RuntimeException e) {
            sent(sending, body, e);
        }
    }

    private void sent(Sending sending, byte[] body, @Nullable Exception failure) {
        if (failure == null) {
            sending.acknowledged().run();
        } else if (failure instanceof RecordTooLargeException && body.length > 0) {
            // The broker's limit is below ours: trying again would change nothing.
            retries.execute(() -> send(sending.tooLarge(), new byte[0]));
        } else if (!closed) {
            logRetry(sending, failure);
            retries.execute(() -> send(sending, body));
        }
    }

    private static void logRetry(Sending sending, Exception failure) {
        LOG.atWarn()
                .addKeyValue("jobId", sending.outcome().jobId())
                .addKeyValue("pool", sending.pool())
                .addKeyValue("gpu", sending.outcome().gpu())
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .log("outcome not stored, sending it again");
    }

    @Override
    public void close() {
        closed = true;
        producer.close(CLOSE);
    }

    /** An outcome on its way. */
    private record Sending(String pool, AttemptOutcome outcome, Runnable acknowledged) {

        Sending tooLarge() {
            Outcome rejected =
                    new Outcome.Rejected(
                            OutcomeClassifier.RESPONSE_TOO_LARGE,
                            OptionalInt.empty(),
                            "the response is larger than the broker takes");
            AttemptOutcome replaced =
                    new AttemptOutcome(
                            outcome.jobId(),
                            outcome.attempt(),
                            outcome.gpu(),
                            outcome.executor(),
                            outcome.startedAt(),
                            outcome.endedAt(),
                            rejected,
                            outcome.tokens());
            return new Sending(pool, replaced, acknowledged);
        }
    }
}
