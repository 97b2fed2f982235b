package io.kagu.dispatcher.executor;

import io.kagu.common.codec.Json;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.kafka.KafkaClients;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Heartbeats into their topic, through a producer of their own: large responses that wait for
 * buffer space must not hold up the sign of life.
 */
final class KafkaHeartbeatPublisher implements HeartbeatPublisher {

    /** A heartbeat that comes later than this says nothing any more; a new one is sent. */
    private static final int DELIVERY_MILLIS = 2500;

    private static final int REQUEST_MILLIS = 2000;
    private static final int BLOCK_MILLIS = 200;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final String topic;

    private KafkaHeartbeatPublisher(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    static KafkaHeartbeatPublisher start(KafkaClients clients, String topic) {
        Map<String, Object> settings = clients.base("heartbeats");
        settings.putAll(clients.producerSettings(0));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        return new KafkaHeartbeatPublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                topic);
    }

    @Override
    public CompletableFuture<Void> publish(Heartbeat heartbeat) {
        return send(new ProducerRecord<>(topic, heartbeat.incarnation(), Json.write(heartbeat)));
    }

    @Override
    public CompletableFuture<Void> withdraw(String incarnation) {
        return send(new ProducerRecord<>(topic, incarnation, null));
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> row) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            Future<?> _ = producer.send(row, (_, failure) -> complete(stored, failure));
        } catch (RuntimeException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    private static void complete(CompletableFuture<Void> stored, @Nullable Exception failure) {
        if (failure == null) {
            stored.complete(null);
        } else {
            stored.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
