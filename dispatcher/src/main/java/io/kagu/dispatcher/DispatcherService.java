package io.kagu.dispatcher;

import io.kagu.common.http.HttpRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.executor.AssignmentPublisher;
import io.kagu.dispatcher.executor.Executor;
import io.kagu.dispatcher.executor.ExecutorConfig;
import io.kagu.dispatcher.executor.ExecutorPorts;
import io.kagu.dispatcher.executor.InstanceSweep;
import io.kagu.dispatcher.pool.EventsTail;
import io.kagu.dispatcher.pool.GpuTable;
import io.kagu.dispatcher.pool.HeartbeatBook;
import io.kagu.dispatcher.pool.PlaceDesk;
import io.kagu.dispatcher.pool.PoolMetrics;
import io.kagu.dispatcher.pool.PoolPorts;
import io.kagu.dispatcher.pool.PoolSetup;
import io.kagu.dispatcher.pool.PoolTopology;
import io.kagu.dispatcher.pool.SidecarTable;
import io.kagu.dispatcher.pool.SlotWeights;
import io.kagu.dispatcher.sharing.TaskWeights;
import io.kagu.dispatcher.web.PlaceRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;

import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One dispatcher replica: pools, executor and the heartbeats of the others. */
public final class DispatcherService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DispatcherService.class);

    /** As far back as a takeover looks at least. */
    private static final Duration REHEARSED = Duration.ofSeconds(10);

    private static final Duration STREAMS_CLOSE = Duration.ofSeconds(3);

    private final DispatcherConfig config;
    private final TopicConfig topicConfig;
    private final KafkaClients clients;
    private final Topics topics;
    private final GpuTable gpus = new GpuTable();
    private final EventsTail told;
    private final HeartbeatBook book = new HeartbeatBook(InstantSource.system());
    private final ChangelogAcks acks = new ChangelogAcks();
    private final DispatcherTopics ownTopics;
    private final PlaceDesk places;
    private final ThreadDeaths deaths;
    private final TopicFollower heartbeats;
    private final Executor executor;
    private final InstanceSweep sweep;
    private final AssignmentPublisher assignments;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;

    private DispatcherService(
            DispatcherConfig config,
            KafkaClients clients,
            TopicConfig topicConfig,
            MeterRegistry meters) {
        this.config = config;
        this.clients = clients;
        this.topicConfig = topicConfig;
        this.topics = new Topics(topicConfig.prefix());
        DispatcherStreams setup = new DispatcherStreams(config, clients, topicConfig);
        setup.configureGroup();
        ownTopics = new DispatcherTopics(clients, topicConfig, setup);
        ownTopics.requireChangelog();
        told = new EventsTail(clients, topics.events());
        places = new PlaceDesk(topicConfig.partitions());
        deaths = new ThreadDeaths(config.stateDir());
        heartbeats =
                TopicFollower.start(
                        clients, topics.instances(), TopicFollower.From.END, book::hear);
        executor = executor(meters);
        sweep = InstanceSweep.start(clients, topics.instances(), executor::withdraw);
        assignments = AssignmentPublisher.start(clients, topics.assignments());
        PoolSetup pools =
                new PoolSetup(topicConfig, config.rules(), config.retention(), config.address());
        Topology topology = PoolTopology.of(pools, ports(meters));
        TaskWeights weights = new SlotWeights(gpus, topicConfig.partitions());
        streams = setup.make(topology, acks, weights);
        streamsMetrics = new KafkaStreamsMetrics(streams);
    }

    /**
     * Starts a replica; the topics exist.
     *
     * @throws io.kagu.common.topic.TopicException if the stores' changelog was deleted
     */
    public static DispatcherService start(
            DispatcherConfig config,
            KafkaConfig kafka,
            TopicConfig topicConfig,
            MeterRegistry meters) {
        KafkaClients clients = new KafkaClients(kafka, topicConfig);
        DispatcherService service = new DispatcherService(config, clients, topicConfig, meters);
        service.begin(meters);
        return service;
    }

    private void begin(MeterRegistry meters) {
        streams.setUncaughtExceptionHandler(deaths);
        streams.setStateListener(deaths);
        RestoreMeter restores = new RestoreMeter(meters);
        streams.setGlobalStateRestoreListener(restores);
        streams.setStandbyUpdateListener(restores);
        streamsMetrics.bindTo(meters);
        told.rehearse(System.currentTimeMillis() - REHEARSED.toMillis());
        streams.start();
        gpus.completed();
        LOG.atInfo().addKeyValue("incarnation", executor.incarnation()).log("dispatcher started");
    }

    private Executor executor(MeterRegistry meters) {
        ExecutorPorts ports =
                ExecutorPorts.kafka(clients, topics, gpus, System.getenv())
                        .owning(places::partitions);
        String incarnation = UUID.randomUUID().toString();
        return Executor.start(executorConfig(config, topicConfig), ports, incarnation, meters);
    }

    private PoolPorts ports(MeterRegistry meters) {
        return new PoolPorts(
                new ReplicaCalls(executor, assignments, acks),
                gpus,
                new SidecarTable(InstantSource.system()),
                book,
                told,
                ownTopics,
                places,
                new PoolMetrics(meters));
    }

    private static ExecutorConfig executorConfig(DispatcherConfig config, TopicConfig topics) {
        ExecutorConfig defaults = ExecutorConfig.defaults();
        return new ExecutorConfig(
                config.callBudget(),
                defaults.heartbeatInterval(),
                config.selfFenceAfter(),
                defaults.abortGrace(),
                topics.maxResponseBytes(),
                defaults.connectTimeout(),
                defaults.maxRetryAfter());
    }

    /** Whether this replica takes part, and the brokers hear it. */
    public boolean ready() {
        return running() && !executor.cutOff();
    }

    private boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Completes when this replica cannot go on, with why and what to do. */
    public CompletableFuture<ReplicaFailedException> failure() {
        return deaths.fatal();
    }

    /** What this replica tells of the pools that it owns. */
    public HttpRoutes routes() {
        return new PlaceRoutes(places, this::running, PlaceRoutes.PATIENCE);
    }

    /** The partitions whose pools this replica owns, in order. */
    List<Integer> partitions() {
        return places.partitions();
    }

    /** Leaves the group, so that others take the pools over; calls go on. */
    public void leave() {
        streams.close(
                CloseOptions.timeout(STREAMS_CLOSE)
                        .withGroupMembershipOperation(
                                CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    /** Leaves the group, unless it has, and ends the calls. */
    @Override
    public void close() {
        leave();
        told.close();
        assignments.close();
        sweep.close();
        executor.close(config.stopGrace());
        heartbeats.close();
        ownTopics.close();
        streamsMetrics.close();
    }
}
