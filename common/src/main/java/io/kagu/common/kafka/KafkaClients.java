package io.kagu.common.kafka;

import io.kagu.common.topic.TopicConfig;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Makes Kafka clients with the settings that Kagu's guarantees ask for. */
public final class KafkaClients {

    /** A fetch of this size holds a new high job back by milliseconds, not seconds. */
    public static final int PARTITION_FETCH_BYTES = 64 * 1024;

    private static final int SESSION_MILLIS = 6000;

    /** A member that lives but hangs must not hold a rebalance up for five minutes. */
    private static final int MAX_POLL_MILLIS = 30_000;

    /** Most batches hold a few small records: for each, lz4 would fill 128 KiB of heap anew. */
    private static final String COMPRESSION = "snappy";

    private final KafkaConfig config;
    private final TopicConfig topics;

    public KafkaClients(KafkaConfig config, TopicConfig topics) {
        this.config = config;
        this.topics = topics;
    }

    /** How the topics are cut that these clients use. */
    public TopicConfig topics() {
        return topics;
    }

    /** A client for topics and groups. */
    public Admin admin(String clientId) {
        return Admin.create(base(clientId));
    }

    /**
     * An idempotent producer that acknowledges only what all in-sync replicas have.
     *
     * @param lingerMillis how long a batch waits for company
     */
    public Producer<String, byte[]> producer(String clientId, int lingerMillis) {
        Map<String, Object> settings = base(clientId);
        settings.putAll(producerSettings(lingerMillis));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** What {@link #producer} sets, for producers that something else makes. */
    public Map<String, Object> producerSettings(int lingerMillis) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topics.maxResponseRecordBytes());
        settings.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Math.max(32L << 20, 4L * topics.maxResponseRecordBytes()));
        return settings;
    }

    /**
     * A consumer outside any group that is told its partitions and commits nothing.
     *
     * @param fetchWait how long a broker holds a request that finds no record; after a seek, the
     *     one under way ends first
     */
    public Consumer<String, byte[]> follower(String clientId, Duration fetchWait) {
        Map<String, Object> settings = base(clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(fetchWait.toMillis()));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A member of a group that shares partitions out and commits nothing: each partition that comes
     * to it is read from the beginning. A member that died is missed after six seconds, the least
     * that brokers allow by default; partitions that stay are not taken away by a rebalance.
     */
    public Consumer<String, byte[]> member(String clientId, String group) {
        Map<String, Object> settings = base(clientId);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_MILLIS);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** What every client needs: the brokers, the extra properties and a name for the logs. */
    public Map<String, Object> base(String clientId) {
        Map<String, Object> settings = new HashMap<>(config.extra());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrap());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return settings;
    }
}
