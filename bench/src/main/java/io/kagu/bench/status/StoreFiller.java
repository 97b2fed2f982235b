package io.kagu.bench.status;

import io.kagu.bench.status.core.NumberedJobs;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publishes what a dispatcher tells of jobs: their events, and the responses of those completed.
 */
final class StoreFiller implements AutoCloseable {

    private static final String SOURCE = "/kagu/bench";
    private static final int OK = 200;
    private static final byte[] RESPONSE =
            ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"small\",\"choices\":"
                 + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},"
                 + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":700,"
                 + "\"completion_tokens\":112,\"total_tokens\":812}}")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final AtomicReference<Exception> refused = new AtomicReference<>();

    /**
     * @param lingerMillis how long a batch waits for company
     */
    StoreFiller(KafkaClients clients, Topics topics, int lingerMillis) {
        this.producer = clients.producer("bench-fill", lingerMillis);
        this.topics = topics;
    }

    /**
     * Tells of every job what was said of it last; returns when the broker has it all.
     *
     * @throws IllegalStateException if the broker refuses something
     */
    void fill(NumberedJobs jobs) {
        for (int number = 0; number < jobs.count() && refused.get() == null; number++) {
            JobEvent event = jobs.lastEvent(number);
            if (event.job().state() == JobStatus.COMPLETED) {
                sendResult(event.job());
            }
            Future<?> _ = send(event);
        }
        flush();
    }

    /** Waits until the broker has all. */
    void flush() {
        producer.flush();
        Exception failure = refused.get();
        if (failure != null) {
            throw new IllegalStateException("the broker did not take a record", failure);
        }
    }

    /** One event; done once the broker has it. */
    Future<?> send(JobEvent event) {
        return send(new ProducerRecord<>(topics.events(), event.job().id(), Json.write(event)));
    }

    /** The response of a job that completed. */
    void sendResult(JobView job) {
        Instant ended = job.finishedAt().orElse(job.updatedAt());
        JobResult result =
                new JobResult(
                        job.id(),
                        OK,
                        "application/json",
                        job.gpu().orElseThrow(),
                        job.attemptCount(),
                        job.startedAt().orElse(ended),
                        ended);
        Future<?> _ =
                send(
                        new ProducerRecord<>(
                                topics.results(),
                                null,
                                job.id(),
                                RESPONSE,
                                result.headers(SOURCE)));
    }

    private Future<?> send(ProducerRecord<String, byte[]> row) {
        return producer.send(
                row,
                (_, failure) -> {
                    if (failure != null) {
                        refused.set(failure);
                    }
                });
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
