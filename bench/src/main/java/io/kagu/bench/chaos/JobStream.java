package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.JobMix;
import io.kagu.bench.chaos.core.SentJob;
import io.kagu.bench.service.Http;
import io.kagu.common.job.Job;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits jobs into Kafka, one in eight through ingest, and again under the same id until each is
 * acknowledged, as a careful producer does.
 */
final class JobStream implements AutoCloseable {

    private static final int ONE_IN = 8;
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Producer<String, byte[]> kafka;
    private final JobProducer producer;
    private final URI door;
    private final JobMix mix;
    private final Witness witness;

    JobStream(ChaosStack stack, JobMix mix, Witness witness) {
        KafkaClients clients = stack.clients();
        Topics topics = stack.topics();
        this.kafka = clients.producer("chaos-jobs", 0);
        this.producer = new JobProducer(kafka, topics, "/kagu/bench");
        this.door = stack.ingest().address().resolve("/v1/jobs");
        this.mix = mix;
        this.witness = witness;
    }

    /**
     * Submits jobs and returns once all are acknowledged.
     *
     * @param prefix of their ids
     * @param overMillis the time over which they are spread evenly
     */
    void send(String prefix, int count, long overMillis) {
        Phaser underway = new Phaser(1);
        long start = System.nanoTime();
        for (int number = 0; number < count; number++) {
            long due = start + TimeUnit.MILLISECONDS.toNanos(overMillis) / count * number;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            SentJob job = mix.next("%s.%06d".formatted(prefix, number));
            boolean overHttp = number % ONE_IN == ONE_IN - 1;
            underway.register();
            Thread.ofVirtual().start(() -> submit(job, overHttp, underway));
        }
        underway.arriveAndAwaitAdvance();
    }

    private void submit(SentJob job, boolean overHttp, Phaser underway) {
        try {
            while (!(overHttp ? posted(job) : produced(job))) {
                Thread.sleep(AGAIN);
            }
            witness.acknowledged(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underway.arriveAndDeregister();
        }
    }

    /** Submits a job that was submitted before, once. */
    boolean produced(SentJob job) throws InterruptedException {
        try {
            producer.send(record(job), job.pool(), body(job)).get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private boolean posted(SentJob job) throws InterruptedException {
        HttpRequest request =
                Http.to(door)
                        .header("Content-Type", Job.DEFAULT_CONTENT_TYPE)
                        .header("X-Kagu-Id", job.id())
                        .header("X-Kagu-Model", job.model())
                        .header("X-Kagu-Priority", job.lane().word())
                        .header("X-Kagu-Tenant", job.tenant())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body(job)))
                        .build();
        return Http.send(request).filter(answer -> answer.statusCode() == 202).isPresent();
    }

    private static Job record(SentJob job) {
        return new Job(
                job.id(),
                job.model(),
                job.lane(),
                job.tenant(),
                Job.DEFAULT_PATH,
                Job.DEFAULT_CONTENT_TYPE,
                Instant.now(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static byte[] body(SentJob job) {
        String json =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(job.model(), job.id());
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kafka.close(Duration.ofSeconds(2));
    }
}
