package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.service.ServiceProcess;
import io.kagu.bench.service.ServiceRole;
import io.kagu.broker.BrokerCluster;
import io.kagu.broker.ClusterConfig;
import io.kagu.broker.Ports;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.Partitions;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that runs: brokers, GPUs and services, each in a process of its own. */
final class ChaosStack implements AutoCloseable {

    private static final String PREFIX = "chaos.";
    private static final String SETUP = "chaos-setup";
    private static final int BROKER_HEAP_MB = 256;
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final FleetPlan plan;
    private final TopicConfig topics;
    private final BrokerCluster brokers;
    private final Fleet fleet;
    private final List<NetworkLink> links;
    private final List<ServiceProcess> dispatchers = new ArrayList<>();
    private final List<ServiceProcess> statusApis = new ArrayList<>();
    private final List<ServiceProcess> ingests = new ArrayList<>();

    private ChaosStack(ChaosConfig.Size size, Path folder) {
        this.folder = folder;
        this.plan = FleetPlan.of(poolsFor(size.dispatchers()));
        ClusterConfig cluster =
                new ClusterConfig(
                        folder, size.brokers(), BROKER_HEAP_MB, routes(size.dispatchers()));
        this.brokers = BrokerCluster.start(cluster);
        this.topics =
                new TopicConfig(
                        PREFIX,
                        size.dispatchers(),
                        (short) cluster.replication(),
                        MAX_BYTES,
                        MAX_BYTES,
                        1);
        this.fleet = new Fleet(plan, folder.resolve("gpus.log"));
        this.links =
                routes(size.dispatchers()).stream()
                        .map(name -> new NetworkLink(brokers.route(name)))
                        .toList();
    }

    /** Starts all of it; what needs topics starts once they are there. */
    static ChaosStack start(ChaosConfig.Size size, Path folder) throws InterruptedException {
        ChaosStack stack = new ChaosStack(size, folder);
        try {
            stack.makeTopics();
            stack.startServices(size);
            return stack;
        } catch (RuntimeException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    private static List<String> routes(int replicas) {
        return IntStream.range(0, replicas).mapToObj(number -> "REPLICA" + number).toList();
    }

    /** One for each partition, so that every replica owns one while all are there. */
    private static List<String> poolsFor(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition ->
                        Stream.iterate(0, number -> number + 1)
                                .map(number -> "pool-" + number)
                                .filter(name -> Partitions.of(name, partitions) == partition)
                                .findFirst()
                                .orElseThrow())
                .toList();
    }

    private void makeTopics() throws InterruptedException {
        try (Admin admin = clients().admin(SETUP);
                Producer<String, byte[]> producer = clients().producer(SETUP, 0)) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
            new RegistryPublisher(producer, topics().registry())
                    .replace(Registry.EMPTY, fleet.registry());
        }
    }

    private void startServices(ChaosConfig.Size size) throws InterruptedException {
        ServiceSettings settings = new ServiceSettings(topics, folder);
        Ports ports = new Ports(ThreadLocalRandom.current());
        for (NetworkLink link : links) {
            int port = ports.free();
            String name = "dispatcher-" + dispatchers.size();
            dispatchers.add(
                    ServiceProcess.start(
                            name,
                            ServiceRole.DISPATCHER,
                            settings.dispatcher(name, port, link.bootstrapServers()),
                            port,
                            folder));
        }
        while (statusApis.size() < size.statusApis()) {
            int port = ports.free();
            String name = "status-api-" + statusApis.size();
            statusApis.add(
                    ServiceProcess.start(
                            name,
                            ServiceRole.STATUS_API,
                            settings.statusApi(name, port, brokers.bootstrapServers()),
                            port,
                            folder));
        }
        int port = ports.free();
        ingests.add(
                ServiceProcess.start(
                        "ingest-0",
                        ServiceRole.INGEST,
                        settings.ingest(port, brokers.bootstrapServers()),
                        port,
                        folder));
        for (ServiceProcess service : services()) {
            service.awaitReady();
        }
    }

    private List<ServiceProcess> services() {
        return Stream.of(dispatchers, statusApis, ingests).flatMap(List::stream).toList();
    }

    KafkaClients clients() {
        return new KafkaClients(KafkaConfig.of(brokers.bootstrapServers()), topics);
    }

    TopicConfig topicConfig() {
        return topics;
    }

    Topics topics() {
        return new Topics(topics.prefix());
    }

    FleetPlan plan() {
        return plan;
    }

    Fleet fleet() {
        return fleet;
    }

    BrokerCluster brokers() {
        return brokers;
    }

    NetworkLink link(int dispatcher) {
        return links.get(dispatcher);
    }

    List<ServiceProcess> dispatchers() {
        return dispatchers;
    }

    List<ServiceProcess> statusApis() {
        return statusApis;
    }

    ServiceProcess ingest() {
        return ingests.getFirst();
    }

    /** Ends all processes without ceremony. */
    @Override
    public void close() {
        services().forEach(ServiceProcess::close);
        links.forEach(NetworkLink::close);
        fleet.close();
        brokers.close();
    }
}
