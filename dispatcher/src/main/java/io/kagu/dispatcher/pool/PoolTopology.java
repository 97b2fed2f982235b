package io.kagu.dispatcher.pool;

import io.kagu.common.job.Priority;
import io.kagu.common.topic.Topics;

import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The dispatcher's topology: one sub-topology of pools beside the global tables of GPUs and
 * metrics.
 */
public final class PoolTopology {

    private static final StringSerializer KEY_OUT = new StringSerializer();
    private static final ByteArraySerializer VALUE_OUT = new ByteArraySerializer();

    /**
     * Brokers compact all of a changelog but its newest segment, which a takeover reads with every
     * row that was ever written to it; by default that is a gigabyte.
     */
    private static final int SEGMENT_BYTES = 32 << 20;

    private final PoolSetup setup;
    private final PoolPorts ports;
    private final Topics topics;
    private final Topology topology = new Topology();

    private PoolTopology(PoolSetup setup, PoolPorts ports) {
        this.setup = setup;
        this.ports = ports;
        this.topics = new Topics(setup.topics().prefix());
    }

    /** The topology for one replica. */
    public static Topology of(PoolSetup setup, PoolPorts ports) {
        return new PoolTopology(setup, ports).build();
    }

    /** The name of the topic that keeps the stores of an application. */
    public static String changelogOf(String applicationId) {
        return applicationId + '-' + Sinks.JOBS_STORE + "-changelog";
    }

    /** Whether this is the store that has a changelog. */
    public static boolean isJobs(String store) {
        return store.equals(Sinks.JOBS_STORE);
    }

    private Topology build() {
        addSources();
        topology.addProcessor(
                Sinks.PROCESSOR,
                () -> new PoolProcessor(setup, ports),
                sources(topics).values().toArray(new String[0]));
        topology.addStateStore(store(Sinks.JOBS_STORE), Sinks.PROCESSOR);
        addSinks();
        addGlobalTables();
        return topology;
    }

    /** The topics that tasks read. */
    public static Set<String> sourceTopics(Topics topics) {
        return Set.copyOf(sources(topics).keySet());
    }

    /** Source node by topic. */
    private static Map<String, String> sources(Topics topics) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Priority priority : Priority.values()) {
            names.put(topics.jobs(priority), "from-jobs-" + priority.word());
        }
        names.put(topics.commands(), "from-commands");
        names.put(topics.retry(), "from-retry");
        names.put(topics.outcomes(), "from-outcomes");
        return names;
    }

    private void addSources() {
        sources(topics)
                .forEach((topic, name) ->
                        topology.addSource(
                                name,
                                new StringDeserializer(),
                                new ByteArrayDeserializer(),
                                topic));
    }

    private void addSinks() {
        for (Priority priority : Priority.values()) {
            addSink(Sinks.jobs(priority), topics.jobs(priority));
        }
        addSink(Sinks.EVENTS, topics.events());
        addSink(Sinks.RESULTS, topics.results());
        addSink(Sinks.DEAD_LETTERS, topics.deadLetters());
        addSink(Sinks.RETRY, topics.retry());
        addSink(Sinks.COMMANDS, topics.commands());
        addSink(Sinks.ABORTS, topics.aborts());
        addSink(Sinks.QUEUE_STATUS, topics.queueStatus());
        StreamPartitioner<String, byte[]> toOwnPartition = Barrier.partitioner();
        topology.addSink(
                Sinks.BARRIERS,
                topics.outcomes(),
                KEY_OUT,
                VALUE_OUT,
                toOwnPartition,
                Sinks.PROCESSOR);
    }

    private void addSink(String name, String topic) {
        topology.addSink(name, topic, KEY_OUT, VALUE_OUT, Sinks.PROCESSOR);
    }

    private StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        String maxBytes = Integer.toString(setup.topics().maxRequestRecordBytes());
        String inSync = Integer.toString(setup.topics().minInSyncReplicas());
        int segment = Math.max(SEGMENT_BYTES, setup.topics().maxRequestRecordBytes());
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                maxBytes,
                                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                inSync,
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                Integer.toString(segment)));
    }

    private void addGlobalTables() {
        topology.addGlobalStore(
                inMemory(GpuTable.STORE),
                GpuTable.SOURCE,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.registry(),
                GpuTable.PROCESSOR,
                ports.gpus().updater());
        topology.addGlobalStore(
                inMemory(SidecarTable.STORE),
                SidecarTable.SOURCE,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topics.metrics(),
                SidecarTable.PROCESSOR,
                ports.sidecars().updater());
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> inMemory(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled();
    }
}
