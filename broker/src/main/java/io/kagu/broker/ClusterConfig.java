package io.kagu.broker;

import java.nio.file.Path;
import java.util.List;

/**
 * How a cluster of brokers on this machine is to run.
 *
 * @param dataDir folder that gets one folder for each node
 * @param nodes brokers, each of them a controller, too
 * @param heapMb largest heap of each, in MiB
 * @param routes names of further ways in, each through a proxy of its own for each node
 */
public record ClusterConfig(Path dataDir, int nodes, int heapMb, List<String> routes) {

    private static final int MOST_NODES = 9;

    public ClusterConfig {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "nodes must be 1 to %d, not %d".formatted(MOST_NODES, nodes));
        }
        routes = List.copyOf(routes);
    }

    /** Copies of each partition. */
    public int replication() {
        return Math.min(nodes, 3);
    }

    /** Copies of a record that must be there before it is acknowledged: one node may be away. */
    public int minInSync() {
        return Math.max(1, replication() - 1);
    }
}
