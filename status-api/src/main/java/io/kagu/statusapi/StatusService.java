package io.kagu.statusapi;

import io.kagu.common.http.HttpRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.fold.FoldContext;
import io.kagu.statusapi.fold.FoldMetrics;
import io.kagu.statusapi.fold.FoldProgress;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.JobPartitions;
import io.kagu.statusapi.fold.JobWaiters;
import io.kagu.statusapi.fold.ReplicaConfig;
import io.kagu.statusapi.peer.PeerClient;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters;
import io.kagu.statusapi.query.FoldFrontier;
import io.kagu.statusapi.query.FoldedJobs;
import io.kagu.statusapi.query.FoldedRequeues;
import io.kagu.statusapi.query.GpuBoard;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.QueueBoard;
import io.kagu.statusapi.query.RequeueRuns;
import io.kagu.statusapi.web.DeadLetterRoutes;
import io.kagu.statusapi.web.Replicas;
import io.kagu.statusapi.web.StatusRoutes;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The status service without an HTTP server: the fold, and the routes that ask it. */
public final class StatusService implements AutoCloseable {

    private static final String CLIENT = "status-api";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final JobWaiters waiters;
    private final FoldStreams streams;
    private final QueueBoard queues;
    private final GpuBoard gpus;
    private final Producer<String, byte[]> producer;
    private final Admin admin;
    private final PeerClient peers;
    private final RequeueRuns requeues;
    private final HttpRoutes routes;

    private StatusService(
            StatusConfig config, KafkaClients clients, TopicConfig topics, MeterRegistry registry) {
        Topics names = new Topics(topics.prefix());
        InstantSource clock = Clock.systemUTC();
        FoldProgress progress = new FoldProgress();
        waiters = new JobWaiters(config.maxWaiters());
        streams =
                FoldStreams.start(
                        clients,
                        new FoldContext(
                                topics,
                                config.retention(),
                                config.letterRetention(),
                                waiters,
                                progress,
                                new FoldMetrics(registry)),
                        new ReplicaConfig(config.stateDir(), config.address(), config.standbys()));
        peers = new PeerClient(config.maxWaiters());
        Replicas replicas = new Replicas(streams.owners(), peers);
        admin = clients.admin(CLIENT);
        producer = clients.producer(CLIENT, 0);
        queues = QueueBoard.follow(clients, names.queueStatus(), clock);
        gpus = GpuBoard.follow(clients, names, queues);
        FoldFrontier frontier = new FoldFrontier(admin, progress, topics);
        JobPartitions partitions = new JobPartitions(topics.partitions());
        FoldedJobs folded = new FoldedJobs(streams, frontier, partitions);
        JobQuestions jobs = new JobQuestions(folded, waiters);
        PoolCommands commands = new PoolCommands(producer, names.commands());
        DeadLetters letters = new DeadLetters(streams);
        DeadLetterCommands ofLetters = new DeadLetterCommands(letters, commands, clock);
        requeues = new RequeueRuns(new FoldedRequeues(letters, ofLetters, folded), clock);
        HttpRoutes ofJobs =
                new StatusRoutes(
                        new StatusRoutes.Services(
                                jobs,
                                new Cancels(jobs, commands, clock),
                                queues,
                                commands,
                                gpus,
                                replicas),
                        clock,
                        registry);
        HttpRoutes ofDeadLetters =
                new DeadLetterRoutes(
                        new DeadLetterRoutes.Services(letters, ofLetters, requeues, replicas),
                        registry);
        routes = added -> List.of(ofJobs, ofDeadLetters).forEach(part -> part.addTo(added));
        registry.gauge("kagu.status.waiters", waiters, JobWaiters::count);
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
        return streams.running() && gpus.ready();
    }

    /** Answers everybody who waits with what is true now, and lets nobody wait any more. */
    public void releaseWaiters() {
        waiters.close();
        peers.close();
    }

    @Override
    public void close() {
        releaseWaiters();
        requeues.close();
        streams.close();
        gpus.close();
        queues.close();
        producer.close(CLOSE);
        admin.close(CLOSE);
    }
}
