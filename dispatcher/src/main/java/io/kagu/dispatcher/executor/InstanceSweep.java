package io.kagu.dispatcher.executor;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes back what instances left in the topic of heartbeats that crashed long ago; one that stops
 * takes its own back. Reads the topic once, at a start, since a crash is followed by one.
 */
public final class InstanceSweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceSweep.class);

    /** Should one of them live after all, its next heartbeat brings it back. */
    private static final Duration LONG = Duration.ofDays(1);

    private final Map<String, Long> newest = new HashMap<>();
    private final Consumer<String> withdraw;
    private final TopicFollower heartbeats;

    private InstanceSweep(KafkaClients clients, String topic, Consumer<String> withdraw) {
        this.withdraw = withdraw;
        this.heartbeats =
                TopicFollower.start(
                        clients, topic, TopicFollower.From.BEGINNING, row -> note(newest, row));
    }

    /**
     * Begins to sweep.
     *
     * @param withdraw takes the heartbeat of an incarnation back
     */
    public static InstanceSweep start(
            KafkaClients clients, String topic, Consumer<String> withdraw) {
        InstanceSweep sweep = new InstanceSweep(clients, topic, withdraw);
        CompletableFuture<Void> _ =
                sweep.heartbeats.caughtUp().thenRunAsync(sweep::sweep, Thread::startVirtualThread);
        return sweep;
    }

    private void sweep() {
        heartbeats.close();
        List<String> gone = longGone(newest);
        gone.forEach(withdraw);
        if (!gone.isEmpty()) {
            LOG.atInfo().addKeyValue("instances", gone.size()).log("swept instances long gone");
        }
    }

    /** Takes a record of the topic in. */
    static void note(Map<String, Long> newest, ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            newest.remove(row.key());
        } else {
            newest.put(row.key(), row.timestamp());
        }
    }

    /** By the records' own times: this machine's clock may be wrong. */
    static List<String> longGone(Map<String, Long> newest) {
        long now = newest.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> gone = new ArrayList<>();
        newest.forEach((incarnation, heard) -> {
            if (now - heard > LONG.toMillis()) {
                gone.add(incarnation);
            }
        });
        return gone;
    }

    @Override
    public void close() {
        heartbeats.close();
    }
}
