package io.kagu.broker;

import org.apache.kafka.common.Uuid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A running KRaft cluster on this machine: brokers in child processes, each a controller, too, that
 * can be stopped, killed and started again one by one. Nodes are numbered from 0.
 */
public final class BrokerCluster implements AutoCloseable {

    private final ClusterConfig config;
    private final List<NodePorts> ports;
    private final List<EmbeddedBroker> nodes;

    private BrokerCluster(ClusterConfig config) {
        this.config = config;
        this.ports = choosePorts(config);
        String clusterId = Uuid.randomUuid().toString();
        for (int node = 0; node < config.nodes(); node++) {
            DataFolder folder = new DataFolder(folder(node));
            folder.make();
            BrokerMemory.write(folder, ports.get(node).clients(), clusterId);
        }
        this.nodes = startAll();
    }

    /**
     * Starts a new cluster and returns once every node serves.
     *
     * @throws BrokerStartException if one of them cannot
     */
    public static BrokerCluster start(ClusterConfig config) {
        return new BrokerCluster(config);
    }

    private static List<NodePorts> choosePorts(ClusterConfig config) {
        FreePorts free = new FreePorts();
        List<NodePorts> chosen = new ArrayList<>();
        for (int node = 0; node < config.nodes(); node++) {
            SortedMap<String, Route> routes = new TreeMap<>();
            for (String name : config.routes()) {
                routes.put(name, new Route(free.next(), free.next()));
            }
            chosen.add(new NodePorts(free.next(), free.next(), routes));
        }
        return chosen;
    }

    /** At the same time: none serves before most of them are there. */
    private List<EmbeddedBroker> startAll() {
        List<CompletableFuture<EmbeddedBroker>> starting =
                IntStream.range(0, config.nodes())
                        .mapToObj(node ->
                                CompletableFuture.supplyAsync(
                                        () -> EmbeddedBroker.start(configOf(node)),
                                        task -> Thread.ofPlatform().daemon().start(task)))
                        .toList();
        try {
            CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            starting.stream()
                    .filter(each -> !each.isCompletedExceptionally())
                    .forEach(each -> each.join().kill());
            throw e.getCause() instanceof BrokerStartException known ? known : e;
        }
        return new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
    }

    private Path folder(int node) {
        return config.dataDir().resolve("broker-" + node);
    }

    private BrokerConfig configOf(int node) {
        BrokerConfig one =
                BrokerConfig.in(folder(node))
                        .withPort(ports.get(node).clients())
                        .withHeapMb(config.heapMb());
        for (Map.Entry<String, String> each : properties(node).entrySet()) {
            one = one.withProperty(each.getKey(), each.getValue());
        }
        return one;
    }

    private Map<String, String> properties(int node) {
        Map<String, String> all = new TreeMap<>(ports.get(node).listeners());
        all.put(BrokerProperties.NODE_ID_KEY, Integer.toString(idOf(node)));
        all.put("controller.quorum.voters", voters());
        all.putAll(copies());
        // Other nodes have copies, so that no disk is waited for.
        all.put("log.flush.interval.ms", "3600000");
        all.put("log.flush.scheduler.interval.ms", "3600000");
        // Nodes share the machine: one that waits for a core is not to be taken for dead.
        all.put("broker.session.timeout.ms", "4000");
        return all;
    }

    private Map<String, String> copies() {
        String copies = Integer.toString(config.replication());
        String inSync = Integer.toString(config.minInSync());
        return Map.of(
                "offsets.topic.replication.factor", copies,
                "transaction.state.log.replication.factor", copies,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", copies,
                "share.coordinator.state.topic.min.isr", inSync,
                "default.replication.factor", copies,
                "min.insync.replicas", inSync);
    }

    private String voters() {
        return IntStream.range(0, config.nodes())
                .mapToObj(node -> ports.get(node).voter(idOf(node)))
                .collect(Collectors.joining(","));
    }

    private static int idOf(int node) {
        return node + 1;
    }

    /** Where clients connect that take no route. */
    public String bootstrapServers() {
        return ports.stream()
                .map(node -> BrokerProperties.LOOPBACK + ":" + node.clients())
                .collect(Collectors.joining(","));
    }

    /** How many nodes there are, running or not. */
    public int size() {
        return ports.size();
    }

    /** For each node, where it listens for a route and what port it tells the route's clients. */
    public List<Route> route(String name) {
        return ports.stream()
                .flatMap(node -> node.routes().entrySet().stream())
                .filter(each -> each.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The process of a node that runs. */
    public synchronized long pid(int node) {
        return nodes.get(node).pid();
    }

    /** Kills a node without warning, as kill -9 does, and waits for its end. */
    public void kill(int node) {
        current(node).kill();
    }

    /** Stops a node in order; kills it if that takes too long. */
    public void stop(int node) {
        current(node).close();
    }

    /**
     * Starts a node that was stopped or killed, with its data and ports.
     *
     * @throws BrokerStartException if it cannot
     */
    public void restart(int node) {
        EmbeddedBroker started = EmbeddedBroker.start(configOf(node));
        synchronized (this) {
            nodes.set(node, started);
        }
    }

    private synchronized EmbeddedBroker current(int node) {
        return nodes.get(node);
    }

    /** Kills all nodes. */
    @Override
    public synchronized void close() {
        nodes.forEach(EmbeddedBroker::kill);
    }

    /** Free ports, none of them twice. */
    private static final class FreePorts {
        private final Ports ports = new Ports(ThreadLocalRandom.current());
        private final Set<Integer> taken = new TreeSet<>();

        int next() {
            int port = ports.free();
            while (!taken.add(port)) {
                port = ports.free();
            }
            return port;
        }
    }
}
