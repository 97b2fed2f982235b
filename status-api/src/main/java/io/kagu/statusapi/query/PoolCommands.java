package io.kagu.statusapi.query;

import io.kagu.common.codec.Json;
import io.kagu.common.job.PauseCommand;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the owners of pools to pause and to resume. */
public final class PoolCommands {

    private static final Logger LOG = LoggerFactory.getLogger(PoolCommands.class);
    private static final Duration STORED = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final String topic;

    /**
     * @param topic of the commands
     */
    public PoolCommands(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Stores a command; false if that could not be done in time. */
    public boolean store(String pool, PauseCommand command) {
        try {
            producer.send(new ProducerRecord<>(topic, pool, Json.write(command)))
                    .get(STORED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("pool", pool)
                    .addKeyValue("fault", e.toString())
                    .log("pause command not stored");
            return false;
        }
    }
}
