package io.kagu.common.publish;

import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Stores a job in its priority's topic together with its accepted event. A job counts as accepted
 * only once both are acknowledged.
 */
public final class JobProducer {

    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final String source;

    /**
     * @param source who publishes, as {@code ce_source}
     */
    public JobProducer(Producer<String, byte[]> producer, Topics topics, String source) {
        this.producer = producer;
        this.topics = topics;
        this.source = source;
    }

    /**
     * Sends a job to its pool.
     *
     * @return completes with the accepted view, or fails with the reason why nothing may be relied
     *     on; sending the same job again is safe
     */
    public CompletableFuture<JobView> send(Job job, String pool, byte[] body) {
        JobView accepted = JobView.accepted(job, pool);
        byte[] event = Json.write(JobEvent.of(JobEvent.Type.JOB_ACCEPTED, accepted));
        CompletableFuture<Void> eventStored =
                send(new ProducerRecord<>(topics.events(), job.id(), event));
        CompletableFuture<Void> jobStored =
                send(
                        new ProducerRecord<>(
                                topics.jobs(job.priority()),
                                null,
                                pool,
                                body,
                                JobRecords.headers(job, source)));
        return CompletableFuture.allOf(jobStored, eventStored).thenApply(both -> accepted);
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> row) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            Future<?> _ = producer.send(row, (metadata, failure) -> complete(stored, failure));
        } catch (KafkaException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    private static void complete(CompletableFuture<Void> stored, @Nullable Exception failure) {
        if (failure == null) {
            stored.complete(null);
        } else {
            stored.completeExceptionally(failure);
        }
    }
}
