package io.kagu.dispatcher;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicConfig;
import io.kagu.dispatcher.sharing.OwnerAssignor;
import io.kagu.dispatcher.sharing.TaskWeights;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How Kafka Streams is set up for the dispatcher; the values were measured, see the decisions. */
final class DispatcherStreams {

    private static final int COMMIT_MILLIS = 200;

    /**
     * Who waits for records is woken by them; this bounds only how late the clock's work is done,
     * every 25 ms. Each look costs, and one that reads copies looks as often.
     */
    private static final int POLL_MILLIS = 20;

    /**
     * No call and no outcome waits for it, only what readers are told; fuller batches cost the
     * brokers less.
     */
    private static final int LINGER_MILLIS = 5;

    private static final int HEARTBEATS_PER_SESSION = 5;

    /**
     * A replica learns by its heartbeat that another one left or came; until the last one has, the
     * pools that move stand still. Many more of these tiny requests are cheaper than that wait.
     */
    private static final int MOST_HEARTBEAT_MILLIS = 250;

    /**
     * A replica that comes is given a pool once it has no more than this to read, which takes
     * milliseconds; until then it reads beside the owner, and no pool stands still meanwhile.
     */
    private static final long ROWS_LEFT_TO_READ = 500;

    /** How often the group looks whether such a replica is there; the least that Kafka allows. */
    private static final Duration PROBING = Duration.ofMinutes(1);

    /**
     * The changelog remembers for a day which rows were deleted. A store that slept longer would
     * bring them back, so it is built anew.
     */
    private static final Duration OLDEST_STATE = Duration.ofHours(12);

    private final DispatcherConfig config;
    private final KafkaClients clients;
    private final TopicConfig topics;
    private final Rewinds rewinds = new Rewinds();

    DispatcherStreams(DispatcherConfig config, KafkaClients clients, TopicConfig topics) {
        this.config = config;
        this.clients = clients;
        this.topics = topics;
    }

    private String applicationId() {
        return applicationId(topics);
    }

    /** Also the name of the group, and what the changelog's name begins with. */
    static String applicationId(TopicConfig topics) {
        return topics.prefix() + "dispatcher";
    }

    /**
     * @param acks learns what is stored of the changelog
     * @param weights by which tasks are shared out while this replica leads the group
     */
    KafkaStreams make(Topology topology, ChangelogAcks acks, TaskWeights weights) {
        Properties properties = properties(acks, weights);
        return classic()
                ? new KafkaStreams(topology, properties, new RewindingClients(rewinds))
                : new KafkaStreams(topology, properties);
    }

    /**
     * Has a partition of the calling stream thread begin again at its first record.
     *
     * @return completes once the group holds it; at once on the streams protocol, for which Kafka
     *     Streams makes its consumers itself and nothing is rewound
     */
    CompletableFuture<Void> rewind(TopicPartition partition) {
        return classic() ? rewinds.ask(partition) : CompletableFuture.completedFuture(null);
    }

    private Properties properties(ChangelogAcks acks, TaskWeights weights) {
        Properties all = new Properties();
        all.putAll(clients.base(applicationId()));
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        all.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replication());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        all.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        // Never holds records back to order them by time: the waiting order does that.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, config.groupProtocol());
        all.put(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, OLDEST_STATE.toMillis());
        if (classic()) {
            all.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, OwnerAssignor.class.getName());
            all.put(StreamsConfig.mainConsumerPrefix(TaskWeights.CONFIG), weights);
            all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbys());
            all.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ROWS_LEFT_TO_READ);
            all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING.toMillis());
        }
        clients.producerSettings(LINGER_MILLIS)
                .forEach((key, value) -> all.put(StreamsConfig.producerPrefix(key), value));
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
                List.of(ChangelogInterceptor.class.getName()));
        all.put(StreamsConfig.producerPrefix(ChangelogInterceptor.ACKS_CONFIG), acks);
        putConsumer(all);
        return all;
    }

    private void putConsumer(Properties all) {
        Map<String, Object> main =
                Map.of(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        KafkaClients.PARTITION_FETCH_BYTES,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        100);
        main.forEach((key, value) -> all.put(StreamsConfig.mainConsumerPrefix(key), value));
        String interceptors = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
        all.put(StreamsConfig.mainConsumerPrefix(interceptors), TimeOrNow.class.getName());
        all.put(StreamsConfig.globalConsumerPrefix(interceptors), TimeOrNow.class.getName());
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        if (classic()) {
            int session = Math.toIntExact(config.sessionTimeout().toMillis());
            all.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                    session);
            all.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                    Math.min(session / HEARTBEATS_PER_SESSION, MOST_HEARTBEAT_MILLIS));
        }
    }

    /** On the streams protocol times and standbys are the broker's: they are set on the group. */
    void configureGroup() {
        if (classic()) {
            return;
        }
        long session = config.sessionTimeout().toMillis();
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, applicationId());
        List<AlterConfigOp> changes =
                List.of(
                        set("streams.session.timeout.ms", session),
                        set("streams.heartbeat.interval.ms", session / HEARTBEATS_PER_SESSION),
                        set("streams.num.standby.replicas", config.standbys()));
        try (Admin admin = clients.admin(applicationId() + "-setup")) {
            admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers refuse a session of %d ms or %d standbys for group %s: lower"
                                    .formatted(session, config.standbys(), applicationId())
                            + " group.streams.min.session.timeout.ms and"
                            + " group.streams.min.heartbeat.interval.ms there, raise"
                            + " KAGU_DISPATCHER_SESSION_TIMEOUT_MS, or set"
                            + " KAGU_DISPATCHER_GROUP_PROTOCOL=classic ("
                            + e.getMessage()
                            + ")",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the group was set up", e);
        }
    }

    private boolean classic() {
        return config.groupProtocol().equals("classic");
    }

    private static AlterConfigOp set(String key, long value) {
        return new AlterConfigOp(
                new ConfigEntry(key, Long.toString(value)), AlterConfigOp.OpType.SET);
    }
}
