package io.kagu.bench.status;

import io.kagu.bench.status.core.NumberedJobs;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.kafka.KafkaClients;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Says once a second what the pool's owner would say of its queue. */
final class OwnerVoice implements AutoCloseable {

    private static final int SLOTS = 32;
    private static final double ENDED_PER_SECOND = 20;
    private static final double SERVICE_MILLIS = 1_700;

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("owner-voice").factory());

    private OwnerVoice(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    static OwnerVoice start(KafkaClients clients, String topic, NumberedJobs jobs) {
        OwnerVoice voice = new OwnerVoice(clients.producer("bench-owner", 0));
        Future<?> _ =
                voice.timer.scheduleAtFixedRate(
                        () -> voice.say(topic, jobs), 0, 1, TimeUnit.SECONDS);
        return voice;
    }

    private void say(String topic, NumberedJobs jobs) {
        byte[] status = Json.write(status(jobs, Instant.now()));
        Future<?> _ = producer.send(new ProducerRecord<>(topic, NumberedJobs.POOL, status));
    }

    private static QueueStatus status(NumberedJobs jobs, Instant now) {
        List<LaneStatus> lanes =
                Stream.of(Priority.values()).map(priority -> lane(priority, jobs)).toList();
        return new QueueStatus(
                QueueStatus.SCHEMA,
                NumberedJobs.POOL,
                "bench-owner",
                now,
                lanes,
                SLOTS,
                0,
                SLOTS,
                List.of(),
                jobs.count(),
                ENDED_PER_SECOND,
                SERVICE_MILLIS,
                false,
                List.of(),
                Optional.empty());
    }

    private static LaneStatus lane(Priority priority, NumberedJobs jobs) {
        return new LaneStatus(
                priority,
                jobs.waiting() / Priority.values().length,
                OptionalLong.of(0),
                Optional.of(jobs.submittedAt(0)));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(CLOSE);
    }
}
