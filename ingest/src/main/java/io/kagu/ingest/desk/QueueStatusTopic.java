package io.kagu.ingest.desk;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/** Tells the gates what the pools' owners say of their queues. */
public final class QueueStatusTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueStatusTopic.class);

    private final PoolGates gates;
    private final TopicFollower follower;

    private QueueStatusTopic(KafkaClients clients, String topic, PoolGates gates) {
        this.gates = gates;
        this.follower =
                TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the topic. */
    public static QueueStatusTopic follow(KafkaClients clients, String topic, PoolGates gates) {
        return new QueueStatusTopic(clients, topic, gates);
    }

    /** Completes once everything that stood in the topic at the start was read. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp();
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            gates.forget(row.key());
            return;
        }
        try {
            gates.update(Json.read(row.value(), QueueStatus.class));
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("pool", row.key())
                    .addKeyValue("fault", e.getMessage())
                    .log("queue status not readable");
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
