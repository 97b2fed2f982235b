package io.kagu.ingest.scrape;

import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.kafka.KafkaClients;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes metrics into their topic, through a producer of its own: they and jobs must not wait for
 * each other. What Kafka does not take in time is dropped, as the next scrape says it better.
 */
final class MetricsPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPublisher.class);
    private static final int DELIVERY_MILLIS = 2500;
    private static final int REQUEST_MILLIS = 2000;
    private static final int BLOCK_MILLIS = 1000;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final AtomicBoolean failing = new AtomicBoolean();

    private MetricsPublisher(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    static MetricsPublisher start(KafkaClients clients, String topic) {
        Map<String, Object> settings = clients.base("kagu-ingest-gpu-metrics");
        settings.putAll(clients.producerSettings(0));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        return new MetricsPublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                topic);
    }

    /** Returns when Kafka has the row or has not taken it in time. */
    void publish(GpuMetrics metrics) throws InterruptedException {
        send(new ProducerRecord<>(topic, metrics.gpu(), Json.write(metrics)));
    }

    /** Says that a GPU has no metrics any more; returns as {@link #publish}. */
    void retire(String gpu) throws InterruptedException {
        send(new ProducerRecord<>(topic, gpu, null));
    }

    private void send(ProducerRecord<String, byte[]> row) throws InterruptedException {
        try {
            producer.send(row).get();
            if (failing.compareAndSet(true, false)) {
                LOG.atInfo().log("GPU metrics are stored again");
            }
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (ExecutionException | KafkaException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.atWarn()
                        .addKeyValue("gpu", row.key())
                        .addKeyValue("cause", e.toString())
                        .log("GPU metrics not stored");
            }
        }
    }

    /** Kafka's own exception sets the flag again that the other takes away. */
    private static InterruptedException interrupted(InterruptException e) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("while metrics were sent");
        interrupted.initCause(e);
        return interrupted;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
