package io.kagu.common.publish;

import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Submits jobs straight into Kafka and gets their responses back, for services that talk to Kafka
 * themselves. One per process is enough: it is safe for many threads.
 *
 * <p>Only jobs of this publisher that have no response yet are kept in memory. A job that was
 * submitted before a restart can be submitted again under its id: it does not run twice, and its
 * end is told again.
 */
public final class JobPublisher implements AutoCloseable {

    private static final int LINGER_MILLIS = 1;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final TopicConfig topicConfig;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final PendingJobs pending;
    private final RegistryTopic registry;
    private final ResponseTopics responses;
    private final Producer<String, byte[]> producer;
    private final JobProducer jobs;

    private JobPublisher(KafkaConfig kafka, TopicConfig topicConfig, PublisherConfig config) {
        KafkaClients clients = new KafkaClients(kafka, topicConfig);
        Topics topics = new Topics(topicConfig.prefix());
        this.topicConfig = topicConfig;
        this.pending = new PendingJobs(config, executor);
        this.registry = RegistryTopic.follow(clients, topics.registry());
        this.responses = ResponseTopics.follow(clients, topics, pending);
        this.producer = clients.producer("publish-" + config.source(), LINGER_MILLIS);
        this.jobs = new JobProducer(producer, topics, config.source());
    }

    /**
     * Starts a publisher with the default bounds.
     *
     * @param source who publishes, such as the name of the service
     * @throws PublishException if the topics cannot be read
     */
    public static JobPublisher start(KafkaConfig kafka, TopicConfig topics, String source) {
        return start(kafka, topics, PublisherConfig.of(source));
    }

    /**
     * Starts a publisher.
     *
     * @throws PublishException if the topics cannot be read
     */
    public static JobPublisher start(
            KafkaConfig kafka, TopicConfig topics, PublisherConfig config) {
        JobPublisher publisher = new JobPublisher(kafka, topics, config);
        try {
            publisher.awaitTopics(config.startWait());
            return publisher;
        } catch (PublishException e) {
            publisher.close();
            throw e;
        }
    }

    private void awaitTopics(Duration limit) {
        try {
            CompletableFuture.allOf(registry.caughtUp(), responses.caughtUp())
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new PublishException("cannot read the topics: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new PublishException(
                    "the topics could not be read in %d ms: do the brokers answer?"
                            .formatted(limit.toMillis()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while starting", e);
        }
    }

    /**
     * Submits a job. Blocks while too many jobs wait for their responses.
     *
     * @throws IllegalArgumentException if no GPU serves the model or the body is too large
     * @throws PublishException if there is no room for long, or this publisher has stopped
     */
    public Submission submit(JobRequest request) throws InterruptedException {
        String pool = poolOf(request.model());
        checkSize(request.body());
        Job job = request.toJob(Instant.now());
        CompletableFuture<JobResponse> response = pending.open(job.id());
        CompletableFuture<Acknowledgement> acknowledgement =
                jobs.send(job, pool, request.body().bytes())
                        .thenApplyAsync(JobPublisher::acknowledge, executor)
                        .exceptionally(failure -> giveUp(job.id(), failure));
        return new Submission(job.id(), acknowledgement, response);
    }

    /** Of a job that may or may not be stored, nobody knows whether a response will come. */
    private Acknowledgement giveUp(String jobId, Throwable failure) {
        PublishException unsure =
                new PublishException(
                        "job %s could not be stored for sure: submit it again under the same id"
                                .formatted(jobId),
                        failure);
        pending.fail(jobId, unsure);
        throw unsure;
    }

    /** How many jobs have no response yet. */
    public int pendingCount() {
        return pending.size();
    }

    private String poolOf(String model) {
        Registry known = registry.current();
        return known.poolOf(model)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no GPU serves model %s; served are %s"
                                        .formatted(model, known.models())));
    }

    private void checkSize(Body body) {
        if (body.size() > topicConfig.maxBodyBytes()) {
            throw new IllegalArgumentException(
                    "the body has %d bytes, allowed are %d"
                            .formatted(body.size(), topicConfig.maxBodyBytes()));
        }
    }

    private static Acknowledgement acknowledge(JobView accepted) {
        return new Acknowledgement(accepted.id(), accepted.pool(), accepted.submittedAt());
    }

    /** Waits for what is being stored; responses that are not there yet fail. */
    @Override
    public void close() {
        producer.close(CLOSE);
        pending.stop(
                new PublishException(
                        "the publisher was closed; responses can be had from the status-api"));
        responses.close();
        registry.close();
        executor.shutdown();
    }
}
