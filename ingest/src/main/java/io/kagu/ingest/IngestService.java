package io.kagu.ingest;

import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryFile;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.ingest.core.Admission;
import io.kagu.ingest.core.DefaultModel;
import io.kagu.ingest.core.JobReader;
import io.kagu.ingest.core.QueueClientFields;
import io.kagu.ingest.desk.FrontDesk;
import io.kagu.ingest.desk.GpuDesk;
import io.kagu.ingest.desk.GpuSeeding;
import io.kagu.ingest.desk.IngestMetrics;
import io.kagu.ingest.desk.JobStore;
import io.kagu.ingest.desk.PoolGates;
import io.kagu.ingest.desk.PoolIntake;
import io.kagu.ingest.desk.QueueStatusTopic;
import io.kagu.ingest.desk.RegistryWriter;
import io.kagu.ingest.http.BodyLimits;
import io.kagu.ingest.http.GpuRoutes;
import io.kagu.ingest.http.QueueClientRoutes;
import io.kagu.ingest.http.SubmissionRoutes;
import io.kagu.ingest.scrape.GpuScraping;
import io.kagu.ingest.tinker.TinkerRoutes;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The front door without a server: its routes go into whichever server the caller starts. */
public final class IngestService implements AutoCloseable {

    private static final String SOURCE = "kagu/ingest";
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final Followers followers;
    private final HttpRoutes routes;
    private final GpuScraping scraping;

    private IngestService(
            Producer<String, byte[]> producer,
            Followers followers,
            HttpRoutes routes,
            GpuScraping scraping) {
        this.producer = producer;
        this.followers = followers;
        this.routes = routes;
        this.scraping = scraping;
    }

    /** What this service knows of the others. */
    private record Followers(RegistryTopic registry, QueueStatusTopic queueStatus) {

        boolean ready() {
            return registry.ready() && queueStatus.ready();
        }
    }

    /**
     * Starts on topics that exist.
     *
     * @throws io.kagu.common.gpu.RegistryException if the file of GPUs cannot be used
     */
    public static IngestService start(
            IngestConfig config, KafkaConfig kafka, TopicConfig topics, MeterRegistry meters) {
        Optional<Registry> wanted = config.gpus().map(RegistryFile::read);
        IngestService service = assemble(config, kafka, topics, meters);
        try {
            KafkaClients clients = new KafkaClients(kafka, topics);
            String topic = new Topics(topics.prefix()).registry();
            wanted.ifPresent(gpus -> service.seed(gpus, clients, topic));
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private static IngestService assemble(
            IngestConfig config, KafkaConfig kafka, TopicConfig topics, MeterRegistry meters) {
        KafkaClients clients = new KafkaClients(kafka, topics);
        Topics names = new Topics(topics.prefix());
        PoolGates gates = new PoolGates(new Admission(config.thresholds()), InstantSource.system());
        Producer<String, byte[]> producer =
                IngestProducer.create(kafka, topics, config.storeTimeout());
        RegistryTopic registry = RegistryTopic.follow(clients, names.registry());
        QueueStatusTopic status = QueueStatusTopic.follow(clients, names.queueStatus(), gates);

        JobProducer jobs = new JobProducer(producer, names, SOURCE);
        IngestMetrics metrics = new IngestMetrics(meters);
        Supplier<Optional<Registry>> models = () -> readRegistry(registry);
        FrontDesk desk =
                new FrontDesk(
                        new JobReader(topics.maxBodyBytes()),
                        models,
                        new PoolIntake(gates, new JobStore(jobs, IngestProducer.bound(config))),
                        metrics);
        BodyLimits limits = new BodyLimits(topics.maxBodyBytes(), config.batchMaxLines());
        SubmissionRoutes submissions = new SubmissionRoutes(desk, limits, metrics);
        QueueClientFields fields = new QueueClientFields(new DefaultModel(config.defaultModel()));
        QueueClientRoutes queueClients =
                new QueueClientRoutes(
                        new QueueClientRoutes.Services(desk, fields, models), limits, metrics);
        Followers followers = new Followers(registry, status);
        TinkerRoutes tinker =
                new TinkerRoutes(
                        new TinkerRoutes.Services(desk, models, followers::ready), limits, metrics);
        GpuDesk gpus = gpuDesk(followers, new RegistryPublisher(producer, names.registry()));
        GpuRoutes gpuRoutes = new GpuRoutes(gpus, metrics.requests("gpu"));
        meters.gauge("kagu.ingest.gpus.left.out", registry, it -> it.leftOut().size());
        return new IngestService(
                producer,
                followers,
                added ->
                        List.of(submissions, queueClients, tinker, gpuRoutes)
                                .forEach(part -> part.addTo(added)),
                GpuScraping.start(
                        clients,
                        names,
                        registry,
                        new GpuScraping.Scraping(config.scrape(), meters)));
    }

    private static GpuDesk gpuDesk(Followers followers, RegistryPublisher publisher) {
        RegistryTopic registry = followers.registry();
        return new GpuDesk(
                registry,
                new RegistryWriter(registry, publisher),
                followers.queueStatus(),
                InstantSource.system());
    }

    /** By a producer of its own: at start there is more patience than for a caller's job. */
    private void seed(Registry wanted, KafkaClients clients, String topic) {
        try (Producer<String, byte[]> patient = clients.producer("kagu-ingest-gpus", 0)) {
            new GpuSeeding(followers.registry(), new RegistryPublisher(patient, topic))
                    .seed(wanted);
        }
    }

    private static Optional<Registry> readRegistry(RegistryTopic registry) {
        return registry.ready() ? Optional.of(registry.current()) : Optional.empty();
    }

    /** The routes of this service. */
    public HttpRoutes routes() {
        return routes;
    }

    /** What must hold before submissions are judged by all that is known, by name. */
    public Map<String, BooleanSupplier> readiness() {
        return Map.of(
                "registry", followers.registry()::ready,
                "queue_status", followers.queueStatus()::ready);
    }

    /** Whether everything in {@link #readiness()} holds. */
    public boolean ready() {
        return readiness().values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    /** Stops; the server that carries the routes is to be stopped before. */
    @Override
    public void close() {
        scraping.close();
        followers.queueStatus().close();
        followers.registry().close();
        producer.close(CLOSE);
    }
}
