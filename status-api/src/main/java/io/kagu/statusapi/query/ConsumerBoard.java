package io.kagu.statusapi.query;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.statusapi.core.ConsumerReport;
import io.kagu.statusapi.core.HeardHeartbeat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the dispatcher replicas last said of themselves. Safe for many threads. */
public final class ConsumerBoard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerBoard.class);

    private final Map<String, HeardHeartbeat> byId = new ConcurrentSkipListMap<>();
    private final QueueBoard queues;
    private final InstantSource clock;
    private final TopicFollower follower;

    private ConsumerBoard(
            KafkaClients clients, String topic, QueueBoard queues, InstantSource clock) {
        this.queues = queues;
        this.clock = clock;
        this.follower =
                TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the topic of heartbeats. */
    public static ConsumerBoard follow(
            KafkaClients clients, String topic, QueueBoard queues, InstantSource clock) {
        return new ConsumerBoard(clients, topic, queues, clock);
    }

    /** All replicas that were heard in the last hour, by their ids. */
    public List<ConsumerReport> consumers() {
        Instant now = clock.instant();
        byId.values().removeIf(heard -> ConsumerReport.forgotten(heard, now));
        return byId.values().stream()
                .map(heard -> ConsumerReport.of(heard, queues.pools(), now))
                .toList();
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
            byId.remove(row.key());
            return;
        }
        try {
            Heartbeat heartbeat = Json.read(row.value(), Heartbeat.class);
            if (heartbeat.schema() <= Heartbeat.SCHEMA) {
                byId.put(row.key(), new HeardHeartbeat(heartbeat, heardAt(row)));
            }
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("offset", row.offset())
                    .addKeyValue("fault", e.getMessage())
                    .log("heartbeat not readable");
        }
    }

    /** Other machines' clocks are not believed where this one can tell. */
    private Instant heardAt(ConsumerRecord<String, byte[]> row) {
        Instant now = clock.instant();
        Instant written = Instant.ofEpochMilli(row.timestamp());
        return ready() || written.isAfter(now) ? now : written;
    }

    @Override
    public void close() {
        follower.close();
    }
}
