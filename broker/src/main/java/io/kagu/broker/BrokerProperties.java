package io.kagu.broker;

import java.util.Map;
import java.util.TreeMap;

/** The broker's own settings: one small node that keeps its data and takes over quickly. */
public final class BrokerProperties {

    static final int NODE_ID = 1;
    static final String NODE_ID_KEY = "node.id";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String LOOPBACK = "127.0.0.1";
    private static final int MIB = 1024 * 1024;

    private BrokerProperties() {}

    /** Settings of a broker in the given folder; the further ones win. */
    static Map<String, String> of(
            DataFolder folder, int port, int controllerPort, Map<String, String> further) {
        var all = new TreeMap<String, String>();
        all.putAll(node(folder, port, controllerPort));
        all.putAll(oneReplica());
        all.putAll(durability());
        all.putAll(limits());
        all.putAll(shared());
        all.putAll(further);
        return all;
    }

    /** The node that a broker with these further settings is. */
    static int nodeId(Map<String, String> further) {
        return Integer.parseInt(further.getOrDefault(NODE_ID_KEY, Integer.toString(NODE_ID)));
    }

    /** The settings by which programs notice what broker they have, wherever it runs. */
    public static Map<String, String> shared() {
        var all = new TreeMap<>(groups());
        // Every topic sets its own limit; this one must only not be in the way.
        all.put("message.max.bytes", mib(64));
        all.put("auto.create.topics.enable", "false");
        all.put("delete.topic.enable", "true");
        return all;
    }

    // The streams protocol itself is on by default; only its limits are meant for slow networks.
    private static Map<String, String> groups() {
        var all = new TreeMap<String, String>();
        all.put("group.initial.rebalance.delay.ms", "0");
        // A streams app's threads join within this: one assignment instead of one for each.
        all.put("group.streams.initial.rebalance.delay.ms", "100");
        all.put("group.min.session.timeout.ms", "1000");
        for (String protocol : new String[] {"streams", "consumer"}) {
            all.put("group." + protocol + ".min.session.timeout.ms", "1000");
            all.put("group." + protocol + ".min.heartbeat.interval.ms", "100");
        }
        return all;
    }

    private static Map<String, String> node(DataFolder folder, int port, int controllerPort) {
        String clients = "PLAINTEXT://" + LOOPBACK + ":" + port;
        String controller = LOOPBACK + ":" + controllerPort;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry(NODE_ID_KEY, Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller),
                Map.entry("advertised.listeners", clients),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", folder.kafka().toString()),
                // Together these make a start after kill -9 four seconds instead of fifteen.
                Map.entry("controlled.shutdown.enable", "true"),
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "400"));
    }

    private static Map<String, String> oneReplica() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "4",
                "default.replication.factor", "1",
                "min.insync.replicas", "1");
    }

    private static Map<String, String> durability() {
        return Map.of(
                // No replica stands by: after a power cut at most the last second may be missing.
                "log.flush.interval.ms", "1000",
                "log.flush.scheduler.interval.ms", "1000",
                "log.flush.offset.checkpoint.interval.ms", "10000",
                "log.segment.bytes", mib(128),
                "log.retention.hours", "168",
                "log.retention.check.interval.ms", "60000",
                "offsets.retention.minutes", "43200",
                "metadata.log.segment.bytes", mib(16),
                // Idle clusters write a record each time; half a second would only wear the disk.
                "metadata.max.idle.interval.ms", "5000");
    }

    private static Map<String, String> limits() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "4",
                "log.cleaner.dedupe.buffer.size", mib(4),
                "log.index.size.max.bytes", mib(1));
    }

    private static String mib(int count) {
        return Integer.toString(count * MIB);
    }
}
