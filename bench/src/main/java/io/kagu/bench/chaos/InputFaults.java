package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.SentJob;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobCommand;
import io.kagu.common.topic.TopicSpec;
import io.kagu.common.topic.TopicTable;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;

/** Faults that producers make: what they send twice, take back, or cannot spell. */
final class InputFaults implements AutoCloseable {

    private static final int JOBS_HIT = 20;
    private static final int GARBAGE_BYTES = 64;

    private final ChaosStack stack;
    private final JobStream jobs;
    private final Witness witness;
    private final Producer<String, byte[]> producer;

    InputFaults(ChaosStack stack, JobStream jobs, Witness witness) {
        this.stack = stack;
        this.jobs = jobs;
        this.witness = witness;
        this.producer = stack.clients().producer("chaos-input", 0);
    }

    void happen(FaultKind kind, int draw) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(draw);
        switch (kind) {
            case DUPLICATES -> duplicates(random);
            case CANCELS -> cancels(random);
            case GARBAGE -> garbage(random);
            default -> throw new IllegalArgumentException("no fault of the input: " + kind);
        }
    }

    private void duplicates(SplittableRandom random) throws InterruptedException {
        List<SentJob> known = witness.acknowledged();
        for (int i = 0; i < JOBS_HIT && !known.isEmpty(); i++) {
            boolean _ = jobs.produced(known.get(random.nextInt(known.size())));
        }
    }

    /** The latest ones, of which some still wait, and any others. */
    private void cancels(SplittableRandom random) {
        List<SentJob> known = witness.acknowledged();
        for (int i = 0; i < JOBS_HIT && !known.isEmpty(); i++) {
            int back = i % 2 == 0 ? Math.min(i, known.size() - 1) : random.nextInt(known.size());
            SentJob job = known.get(known.size() - 1 - back);
            byte[] command = Json.write(JobCommand.cancel(job.id(), Instant.now()));
            send(stack.topics().commands(), job.pool(), command);
        }
    }

    private void garbage(SplittableRandom random) {
        for (TopicSpec topic : TopicTable.of(stack.topicConfig())) {
            for (String pool : stack.plan().pools()) {
                byte[] bytes = new byte[GARBAGE_BYTES];
                random.nextBytes(bytes);
                send(topic.name(), pool, bytes);
                send(topic.name(), pool, "{}".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void send(String topic, String key, byte[] value) {
        Future<?> _ = producer.send(new ProducerRecord<>(topic, key, value));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
