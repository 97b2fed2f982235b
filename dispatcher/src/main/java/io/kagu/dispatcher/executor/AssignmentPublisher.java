package io.kagu.dispatcher.executor;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.dispatcher.core.Taker;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Sends calls to other replicas' executors. One that does not arrive in time is not begun there;
 * its owner misses it from the heartbeats and tries again.
 */
public final class AssignmentPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentPublisher.class);
    private static final int DELIVERY_MILLIS = (int) Taker.START_WITHIN;
    private static final int REQUEST_MILLIS = 1_500;
    private static final int BLOCK_MILLIS = 500;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final int partitions;

    private AssignmentPublisher(Producer<String, byte[]> producer, String topic, int partitions) {
        this.producer = producer;
        this.topic = topic;
        this.partitions = partitions;
    }

    /** Starts a producer of its own: what comes too late for its use is not tried for long. */
    public static AssignmentPublisher start(KafkaClients clients, String topic) {
        Map<String, Object> settings = clients.base("assignments");
        settings.putAll(clients.producerSettings(0));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        return new AssignmentPublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                topic,
                clients.topics().partitions());
    }

    /** Sends a call on its way. Never throws. */
    public void send(Call call) {
        try {
            Future<?> _ =
                    producer.send(
                            AssignmentRecords.write(topic, partitions, call),
                            (_, failure) -> tell(call, failure));
        } catch (RuntimeException e) {
            tell(call, e);
        }
    }

    private static void tell(Call call, @Nullable Exception failure) {
        if (failure != null) {
            LOG.atWarn()
                    .addKeyValue("jobId", call.job().id())
                    .addKeyValue("pool", call.pool())
                    .addKeyValue("gpu", call.gpu().name())
                    .addKeyValue("executor", call.lease().executor())
                    .addKeyValue("fault", failure.getMessage())
                    .log("assignment not sent; the call will be missed and tried again");
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
