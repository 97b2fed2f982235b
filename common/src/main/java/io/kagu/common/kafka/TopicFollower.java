package io.kagu.common.kafka;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;

/**
 * Reads a topic outside any group, on a thread of its own, and hands each record over in order.
 * Goes on through broker trouble; ends when closed.
 */
public final class TopicFollower implements AutoCloseable {

    /** Where reading begins. */
    public enum From {
        /** With the first record the topic still has. */
        BEGINNING,
        /** With the first record written after the start. */
        END
    }

    /** Takes the records; called by one thread only. A throw is a bug and stops the follower. */
    @FunctionalInterface
    public interface Handler {
        void handle(ConsumerRecord<String, byte[]> record);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A record ends it at once: many short waits would only cost the brokers. */
    private static final Duration FETCH_WAIT = Duration.ofMillis(500);

    /** The broker holds the last request for longer; it forgets a reader that just went. */
    private static final Duration LEAVE = Duration.ofMillis(100);

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final From from;
    private final IntPredicate followed;
    private final Handler handler;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    private volatile boolean closed;

    private TopicFollower(
            Consumer<String, byte[]> consumer,
            String topic,
            From from,
            IntPredicate followed,
            Handler handler) {
        this.consumer = consumer;
        this.topic = topic;
        this.from = from;
        this.followed = followed;
        this.handler = handler;
        this.thread = Thread.ofPlatform().daemon().name("follow-" + topic).unstarted(this::run);
    }

    /** Starts to follow a topic that exists. */
    public static TopicFollower start(
            KafkaClients clients, String topic, From from, Handler handler) {
        return start(clients, topic, from, partition -> true, handler);
    }

    /** Starts to follow one partition, with the first record written after the start. */
    public static TopicFollower startAtEnd(
            KafkaClients clients, String topic, int partition, Handler handler) {
        return start(clients, topic, From.END, number -> number == partition, handler);
    }

    private static TopicFollower start(
            KafkaClients clients, String topic, From from, IntPredicate followed, Handler handler) {
        TopicFollower follower =
                new TopicFollower(
                        clients.follower("follow-" + topic, FETCH_WAIT),
                        topic,
                        from,
                        followed,
                        handler);
        follower.thread.start();
        return follower;
    }

    /**
     * Completes once every record that stood in the topic at the start was handed over, or, when
     * reading from the end, once the end is known; fails when the follower died or was closed
     * before.
     */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Completes when the follower was closed; fails when it died, and says of what. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try {
            follow();
            end();
        } catch (WakeupException e) {
            end();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("topic", topic).setCause(e).log("follower died");
            caughtUp.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    private void follow() {
        try {
            Map<TopicPartition, Long> ends = assign();
            while (!closed) {
                consumer.poll(POLL).forEach(handler::handle);
                if (!caughtUp.isDone() && reached(ends)) {
                    caughtUp.complete(null);
                }
            }
        } finally {
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    private void end() {
        LOG.atDebug().addKeyValue("topic", topic).log("follower closed");
        caughtUp.completeExceptionally(
                new CancellationException("follower of " + topic + " was closed"));
        ended.complete(null);
    }

    private Map<TopicPartition, Long> assign() {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .mapToInt(PartitionInfo::partition)
                        .filter(followed)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic + " to follow");
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (from == From.BEGINNING) {
            consumer.seekToBeginning(partitions);
        } else {
            ends.forEach(consumer::seek);
        }
        return ends;
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
