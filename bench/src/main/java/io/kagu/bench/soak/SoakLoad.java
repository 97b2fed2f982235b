package io.kagu.bench.soak;

import io.kagu.common.codec.JobEventReader;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Submits numbered jobs, so many at a time, and ticks off each that ended, once. */
final class SoakLoad implements AutoCloseable {

    private static final String ID = "soak-";
    private static final List<Priority> LANES = List.of(Priority.values());
    private static final byte[] BODY =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                    .getBytes(StandardCharsets.UTF_8);

    private final int jobs;
    private final Semaphore room;
    private final BitSet ended;
    private final Producer<String, byte[]> kafka;
    private final JobProducer producer;
    private final TopicFollower events;
    private final AtomicReference<Throwable> refused = new AtomicReference<>();

    SoakLoad(SoakConfig config, KafkaClients clients, Topics topics) {
        this.jobs = config.jobs();
        this.room = new Semaphore(config.underway());
        this.ended = new BitSet(jobs);
        this.kafka = clients.producer("soak-load", 1);
        this.producer = new JobProducer(kafka, topics, "/kagu/bench");
        this.events =
                TopicFollower.start(
                        clients, topics.events(), TopicFollower.From.BEGINNING, this::event);
    }

    /** Submits all; returns once the last one is sent. */
    void run() throws InterruptedException {
        for (int number = 0; number < jobs && refused.get() == null; number++) {
            room.acquire();
            Job job = Job.of(ID + number, SoakStack.MODEL, priority(number), Instant.now());
            CompletableFuture<?> _ =
                    producer.send(job, SoakStack.POOL, BODY)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    refused.set(failure);
                                }
                            });
        }
    }

    private static Priority priority(int number) {
        return LANES.get(number % LANES.size());
    }

    private synchronized void event(ConsumerRecord<String, byte[]> row) {
        JobEvent event = JobEventReader.read(row.value());
        int number = Integer.parseInt(event.job().id().substring(ID.length()));
        if (event.job().state().terminal() && !ended.get(number)) {
            ended.set(number);
            room.release();
        }
    }

    /**
     * How many jobs have ended.
     *
     * @throws IllegalStateException if a job could not be submitted
     */
    synchronized int ended() {
        if (refused.get() != null) {
            throw new IllegalStateException("a job could not be submitted", refused.get());
        }
        return ended.cardinality();
    }

    @Override
    public void close() {
        events.close();
        kafka.close(Duration.ofSeconds(2));
    }
}
