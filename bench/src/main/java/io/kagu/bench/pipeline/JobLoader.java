package io.kagu.bench.pipeline;

import io.kagu.bench.core.Timeline;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes plain job records, as any producer may, and notes when each was sent. */
final class JobLoader implements AutoCloseable {

    private static final String SOURCE = "/kagu/bench";
    private static final int LINGER_MILLIS = 0;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final byte[] body = body();

    JobLoader(KafkaClients clients, Topics topics) {
        producer = clients.producer("loader", LINGER_MILLIS);
        topic = topics.jobs(Priority.NORMAL);
    }

    /** Sends all jobs as fast as the broker takes them; returns when it has them. */
    void sendAll(Timeline timeline) {
        for (int job = 0; job < timeline.jobs(); job++) {
            send(timeline, job);
        }
        producer.flush();
    }

    /** Sends all jobs evenly at a rate, however slow the answers are. */
    void sendPaced(Timeline timeline, double rate) {
        long start = System.nanoTime();
        double gap = TimeUnit.SECONDS.toNanos(1) / rate;
        for (int job = 0; job < timeline.jobs(); job++) {
            long due = start + (long) (gap * job);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            send(timeline, job);
        }
        producer.flush();
    }

    private void send(Timeline timeline, int number) {
        Job job = Job.of(timeline.id(number), GpuProcess.MODEL, Priority.NORMAL, Instant.now());
        ProducerRecord<String, byte[]> row =
                new ProducerRecord<>(
                        topic, null, GpuSpec.DEFAULT_POOL, body, JobRecords.headers(job, SOURCE));
        timeline.submitted(number, WallClock.micros());
        Future<?> _ = producer.send(row);
    }

    private static byte[] body() {
        String begin =
                "{\"model\":\""
                        + GpuProcess.MODEL
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"";
        String end = "\"}]}";
        int room = PipelineConfig.BODY_BYTES - begin.length() - end.length();
        return (begin + "x".repeat(room) + end).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        producer.close();
    }
}
