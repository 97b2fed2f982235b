package io.kagu.statusapi;

import io.kagu.common.http.HttpRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.fold.FoldContext;
import io.kagu.statusapi.fold.FoldFailedException;
import io.kagu.statusapi.fold.FoldMetrics;
import io.kagu.statusapi.fold.FoldProgress;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.JobPartitions;
import io.kagu.statusapi.fold.JobWaiters;
import io.kagu.statusapi.fold.OpenStores;
import io.kagu.statusapi.fold.ReplicaConfig;
import io.kagu.statusapi.fold.ViewCaches;
import io.kagu.statusapi.peer.PeerClient;
import io.kagu.statusapi.query.Boards;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters;
import io.kagu.statusapi.query.FoldFrontier;
import io.kagu.statusapi.query.FoldedJobs;
import io.kagu.statusapi.query.FoldedRequeues;
import io.kagu.statusapi.query.JobLists;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.JobTail;
import io.kagu.statusapi.query.PeerOwners;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.RequeueRuns;
import io.kagu.statusapi.query.Standings;
import io.kagu.statusapi.stream.EventStreams;
import io.kagu.statusapi.web.DeadLetterList;
import io.kagu.statusapi.web.DeadLetterRoutes;
import io.kagu.statusapi.web.GatheredRequeues;
import io.kagu.statusapi.web.JobHop;
import io.kagu.statusapi.web.Replicas;
import io.kagu.statusapi.web.StatusRoutes;
import io.kagu.statusapi.web.Streams;
import io.kagu.statusapi.web.queueclient.QueueClientRoutes;
import io.kagu.statusapi.web.tinker.TinkerRoutes;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The status service without an HTTP server: the fold, and the routes that ask it. */
public final class StatusService implements AutoCloseable {

    private static final String CLIENT = "status-api";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    /** One question for each pool is under way at a time. */
    private static final int MOST_OWNERS_ASKED = 256;

    private final InstantSource clock = Clock.systemUTC();
    private final StatusConfig config;
    private final TopicConfig topics;
    private final Topics names;
    private final JobWaiters waiters;
    private final FoldStreams streams;
    private final Boards boards;
    private final Producer<String, byte[]> producer;
    private final Admin admin;
    private final PeerClient peers;
    private final PeerClient owners = new PeerClient(MOST_OWNERS_ASKED);
    private final JobTail tail;
    private final EventStreams open;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Replicas replicas;
    private final PoolCommands commands;
    private final FoldedJobs folded;
    private final JobQuestions jobs;
    private final Standings standings;
    private final DeadLetters letters;
    private final DeadLetterCommands letterCommands;
    private final DeadLetterList letterList;
    private final GatheredRequeues gathered;
    private final RequeueRuns requeues;
    private final HttpRoutes routes;

    private StatusService(
            StatusConfig config, KafkaClients clients, TopicConfig topics, MeterRegistry registry) {
        this.config = config;
        this.topics = topics;
        names = new Topics(topics.prefix());
        FoldContext fold = fold(config, topics, registry);
        waiters = fold.waiters();
        streams = FoldStreams.start(clients, fold, replica(config));
        open = new EventStreams(config.maxWaiters());
        peers = new PeerClient(config.maxWaiters());
        admin = clients.admin(CLIENT);
        producer = clients.producer(CLIENT, 0);
        boards = Boards.follow(clients, names, clock);
        tail = new JobTail(clients, names.events());
        replicas = new Replicas(streams.owners(), peers);
        commands = new PoolCommands(producer, names.commands());
        JobPartitions partitions = new JobPartitions(topics.partitions());
        folded = new FoldedJobs(streams, frontier(fold.progress(), names.events()), partitions);
        jobs = new JobQuestions(folded, waiters, executor);
        standings = new Standings(boards.queues(), new PeerOwners(owners), clock);
        letters =
                new DeadLetters(
                        streams, frontier(fold.letterProgress(), names.deadLetters()), partitions);
        letterCommands = new DeadLetterCommands(letters, commands, clock);
        letterList = new DeadLetterList(letters, replicas, clock);
        gathered =
                new GatheredRequeues(new FoldedRequeues(letters, letterCommands, folded), replicas);
        requeues = new RequeueRuns(gathered, clock);
        routes =
                all(
                        ofJobs(registry),
                        ofDeadLetters(registry),
                        ofQueueClients(registry),
                        ofTinker(registry));
        gauges(registry);
    }

    private static FoldContext fold(
            StatusConfig config, TopicConfig topics, MeterRegistry registry) {
        return new FoldContext(
                topics,
                config.retention(),
                config.letterRetention(),
                new JobWaiters(config.maxWaiters()),
                new FoldProgress(),
                new FoldProgress(),
                new OpenStores(ViewCaches.ofHeap(config.cachePercent(), registry)),
                new FoldMetrics(registry));
    }

    private static ReplicaConfig replica(StatusConfig config) {
        return new ReplicaConfig(config.stateDir(), config.address(), config.standbys());
    }

    private FoldFrontier frontier(FoldProgress progress, String topic) {
        return new FoldFrontier(admin, progress, topics, topic);
    }

    private HttpRoutes ofJobs(MeterRegistry registry) {
        StatusRoutes.Services services =
                new StatusRoutes.Services(
                        jobs,
                        new JobLists(streams),
                        new Cancels(jobs, commands, clock),
                        standings,
                        boards,
                        commands,
                        replicas,
                        new Streams(open, tail, executor),
                        config.thresholds());
        return new StatusRoutes(services, clock, registry);
    }

    private HttpRoutes ofDeadLetters(MeterRegistry registry) {
        return new DeadLetterRoutes(
                new DeadLetterRoutes.Services(
                        letters, letterList, letterCommands, gathered, requeues, replicas),
                registry);
    }

    private HttpRoutes ofQueueClients(MeterRegistry registry) {
        return new QueueClientRoutes(
                new QueueClientRoutes.Services(
                        jobs,
                        boards,
                        new QueueClientRoutes.Letters(letterList, letterCommands),
                        replicas,
                        config.thresholds(),
                        this::ready,
                        clock),
                registry);
    }

    private HttpRoutes ofTinker(MeterRegistry registry) {
        return new TinkerRoutes(
                new TinkerRoutes.Services(
                        jobs, standings, boards.queues(), new JobHop(replicas), clock),
                registry);
    }

    private static HttpRoutes all(HttpRoutes... parts) {
        return added -> List.of(parts).forEach(part -> part.addTo(added));
    }

    private void gauges(MeterRegistry registry) {
        registry.gauge("kagu.status.waiters", waiters, JobWaiters::count);
        registry.gauge("kagu.status.streams", open, EventStreams::count);
        registry.gauge("kagu.status.fold.lag.records", streams, FoldStreams::lag);
    }

    /** Starts to fold; the topics must exist. */
    public static StatusService start(
            StatusConfig config, KafkaConfig kafka, TopicConfig topics, MeterRegistry registry) {
        return new StatusService(config, new KafkaClients(kafka, topics), topics, registry);
    }

    /** What the service offers over HTTP. */
    public HttpRoutes routes() {
        return routes;
    }

    /** Whether jobs can be asked for; not while the stores are restored or moved. */
    public boolean ready() {
        return streams.running() && boards.gpus().ready();
    }

    /** Completes when this replica cannot go on, with why and what to do. */
    public CompletableFuture<FoldFailedException> failure() {
        return streams.failure();
    }

    /** Answers everybody who waits with what is true now, and lets nobody wait any more. */
    public void releaseWaiters() {
        waiters.close();
        open.close();
        peers.close();
        owners.close();
    }

    @Override
    public void close() {
        releaseWaiters();
        requeues.close();
        streams.close();
        boards.close();
        tail.close();
        executor.shutdownNow();
        producer.close(CLOSE);
        admin.close(CLOSE);
    }
}
