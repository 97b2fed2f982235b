package io.kagu.statusapi.query;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.statusapi.core.QueueSnapshot;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the owners of all pools last said of their queues. Safe for many threads. */
public final class QueueBoard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueBoard.class);

    private final ConcurrentSkipListMap<String, QueueStatus> byPool = new ConcurrentSkipListMap<>();
    private final InstantSource clock;
    private final TopicFollower follower;

    private QueueBoard(KafkaClients clients, String topic, InstantSource clock) {
        this.clock = clock;
        this.follower =
                TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the topic of queue status. */
    public static QueueBoard follow(KafkaClients clients, String topic, InstantSource clock) {
        return new QueueBoard(clients, topic, clock);
    }

    /** What is known of a pool. */
    public Optional<QueueSnapshot> pool(String name) {
        return Optional.ofNullable(byPool.get(name)).map(this::snapshot);
    }

    /** What is known of all pools, by name. */
    public List<QueueSnapshot> pools() {
        return byPool.values().stream().map(this::snapshot).toList();
    }

    private QueueSnapshot snapshot(QueueStatus status) {
        return QueueSnapshot.of(status, clock.instant());
    }

    /** Whether what stood in the topic at the start was read. */
    public boolean ready() {
        return follower.caughtUp().isDone() && !follower.caughtUp().isCompletedExceptionally();
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            byPool.remove(row.key());
            return;
        }
        try {
            QueueStatus status = Json.read(row.value(), QueueStatus.class);
            if (status.schema() <= QueueStatus.SCHEMA) {
                byPool.put(row.key(), status);
            }
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("pool", row.key())
                    .addKeyValue("offset", row.offset())
                    .addKeyValue("fault", e.getMessage())
                    .log("queue status not readable");
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
