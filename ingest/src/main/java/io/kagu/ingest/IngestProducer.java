package io.kagu.ingest;

import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The producer of the front door: one that gives up before its caller does. */
final class IngestProducer {

    private static final String CLIENT_ID = "kagu-ingest";
    private static final int LINGER_MILLIS = 1;
    private static final Duration MARGIN = Duration.ofMillis(500);

    /** A job is two sends, each of which may block: both together stay below the time-out. */
    private static final int BLOCK_SHARE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(IngestProducer.class);

    private IngestProducer() {}

    /** A producer that knows its topics already, where the brokers say so in time. */
    static Producer<String, byte[]> create(
            KafkaConfig kafka, TopicConfig topics, Duration timeout) {
        Producer<String, byte[]> producer = bounded(kafka, topics, timeout);
        Topics names = new Topics(topics.prefix());
        try {
            producer.partitionsFor(names.events());
            for (Priority priority : Priority.values()) {
                producer.partitionsFor(names.jobs(priority));
            }
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("topics not known yet; the first jobs will ask for them again");
        }
        return producer;
    }

    private static Producer<String, byte[]> bounded(
            KafkaConfig kafka, TopicConfig topics, Duration timeout) {
        Map<String, String> extra = new HashMap<>(kafka.extra());
        extra.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(timeout));
        extra.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout.dividedBy(2)));
        extra.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(timeout.dividedBy(BLOCK_SHARE)));
        KafkaConfig bounded = new KafkaConfig(kafka.bootstrap(), extra);
        return new KafkaClients(bounded, topics).producer(CLIENT_ID, LINGER_MILLIS);
    }

    /** After which a job counts as not stored even if the producer has not said so. */
    static Duration bound(IngestConfig config) {
        return config.storeTimeout().plus(MARGIN);
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
