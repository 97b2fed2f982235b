package io.kagu.statusapi.fold;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicConfig;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

import java.util.Map;
import java.util.Properties;

/**
 * The Streams settings of the fold. It is no hop on a job's way, only a reader beside it: it trades
 * some milliseconds for few, large requests.
 */
final class FoldSettings {

    /**
     * The least a broker allows by default: a killed replica's ghost holds its partitions so long.
     */
    private static final int SESSION_MILLIS = 6_000;

    private static final int COMMIT_MILLIS = 500;

    /**
     * What is told is seen up to that much later. With 20 ms, requests that find little or nothing
     * took a tenth of a processor, here and at the broker.
     */
    private static final int FETCH_WAIT_MILLIS = 50;

    private static final int FETCH_MIN_BYTES = 128 * 1024;
    private static final int FETCH_MAX_BYTES = 16 << 20;
    private static final int MAX_POLL_RECORDS = 2000;

    /** Nothing is forwarded from here that a cache could hold back; queries read through it. */
    private static final long CACHE_BYTES = 16L << 20;

    /** Nobody waits for the changelogs, and a commit flushes them. */
    private static final int LINGER_MILLIS = 50;

    private static final int BATCH_BYTES = 128 * 1024;

    private FoldSettings() {}

    /** The group and the start of the changelogs' names. */
    static String applicationId(TopicConfig topics) {
        return topics.prefix() + "status-api";
    }

    static Properties of(KafkaClients clients, TopicConfig topics, ReplicaConfig replica) {
        Properties settings = new Properties();
        settings.putAll(clients.base(applicationId(topics)));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(topics));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, replica.stateDir().toString());
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, replica.address().endpoint());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, replica.standbys());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // On the streams protocol, queries are misrouted during a rebalance (KAFKA-20887).
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replication());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class);
        consumer().forEach((k, v) -> settings.put(StreamsConfig.mainConsumerPrefix(k), v));
        producer(clients).forEach((k, v) -> settings.put(StreamsConfig.producerPrefix(k), v));
        return settings;
    }

    private static Map<String, Object> consumer() {
        return Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    }

    private static Map<String, Object> producer(KafkaClients clients) {
        Map<String, Object> settings = clients.producerSettings(LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return settings;
    }
}
