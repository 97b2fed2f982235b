package io.kagu.ingest.desk;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What the pools' owners say of their queues; the gates are told. Safe for many threads. */
public final class QueueStatusTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueStatusTopic.class);

    private final PoolGates gates;
    private final Map<String, QueueStatus> byPool = new ConcurrentHashMap<>();
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

    /** Whether everything that stood in the topic at the start was read. */
    public boolean ready() {
        return caughtUp().isDone() && !caughtUp().isCompletedExceptionally();
    }

    /** What the owner of a pool said last; empty for a pool that never had one. */
    public Optional<QueueStatus> pool(String name) {
        return Optional.ofNullable(byPool.get(name));
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            gates.forget(row.key());
            byPool.remove(row.key());
            return;
        }
        try {
            QueueStatus status = Json.read(row.value(), QueueStatus.class);
            gates.update(status);
            byPool.put(status.pool(), status);
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
