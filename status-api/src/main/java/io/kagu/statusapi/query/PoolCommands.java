package io.kagu.statusapi.query;

import io.kagu.common.codec.Json;
import io.kagu.common.codec.RequeueRecord;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes commands for the owners of pools. */
public final class PoolCommands {

    private static final Logger LOG = LoggerFactory.getLogger(PoolCommands.class);
    private static final Duration STORED = Duration.ofSeconds(5);
    private static final String SOURCE = "status-api";

    private final Producer<String, byte[]> producer;
    private final String topic;

    /**
     * @param topic of the commands
     */
    public PoolCommands(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Stores a command that is JSON; false if that could not be done in time. */
    public boolean store(String pool, Object command) {
        return store(new ProducerRecord<>(topic, pool, Json.write(command)));
    }

    /** Stores a requeue with the job's body; false if that could not be done in time. */
    public boolean store(String pool, RequeueRecord requeue, byte[] body) {
        return store(new ProducerRecord<>(topic, null, pool, body, requeue.headers(SOURCE)));
    }

    private boolean store(ProducerRecord<String, byte[]> command) {
        try {
            producer.send(command).get(STORED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("pool", command.key())
                    .addKeyValue("fault", e.toString())
                    .log("command not stored");
            return false;
        }
    }
}
