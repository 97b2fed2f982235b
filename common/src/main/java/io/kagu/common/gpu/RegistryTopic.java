package io.kagu.common.gpu;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.concurrent.CompletableFuture;

/** The registry as its topic tells it, always the last valid state. Safe for many threads. */
public final class RegistryTopic implements AutoCloseable {

    private final RegistryFold fold = new RegistryFold();
    private final TopicFollower follower;

    private RegistryTopic(KafkaClients clients, String topic) {
        this.follower =
                TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the registry's topic. */
    public static RegistryTopic follow(KafkaClients clients, String topic) {
        return new RegistryTopic(clients, topic);
    }

    /** The registry now. */
    public Registry current() {
        return fold.current();
    }

    /** Completes once everything that stood in the topic at the start was read. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp();
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() != null) {
            fold.apply(row.key(), row.value());
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
