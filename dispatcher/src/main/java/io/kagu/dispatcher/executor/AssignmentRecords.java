package io.kagu.dispatcher.executor;

import static io.kagu.common.codec.CloudEventHeaders.ATTEMPT;
import static io.kagu.common.codec.CloudEventHeaders.EXECUTOR;
import static io.kagu.common.codec.CloudEventHeaders.FALLBACK;
import static io.kagu.common.codec.CloudEventHeaders.GPU;
import static io.kagu.common.codec.CloudEventHeaders.LEASE_DEADLINE;
import static io.kagu.common.codec.CloudEventHeaders.POOL;
import static io.kagu.common.codec.CloudEventHeaders.PRIORITY;
import static io.kagu.common.codec.CloudEventHeaders.STARTED;
import static io.kagu.common.codec.CloudEventHeaders.START_BEFORE;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.RecordHeaderReader;
import io.kagu.common.codec.RecordHeaderWriter;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.topic.Partitions;
import io.kagu.dispatcher.core.Lease;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Assignments: calls that an owner spills to another replica's executor. The job's headers with the
 * lease's beside them; the value is the request body. A GPU is told by its name alone: where it is
 * and what it needs, each replica knows from the registry.
 */
final class AssignmentRecords {

    /** {@code ce_type} of an assignment. */
    static final String TYPE = "io.kagu.assignment.v1";

    private static final String SOURCE = "/kagu/dispatcher";

    private AssignmentRecords() {}

    /** The partition that an executor reads. */
    static int partitionOf(String executor, int partitions) {
        return Partitions.of(executor, partitions);
    }

    /** A call for the executor that its lease names. */
    static ProducerRecord<String, byte[]> write(String topic, int partitions, Call call) {
        Lease lease = call.lease();
        RecordHeaderWriter writer =
                JobRecords.writer(TYPE, call.job(), SOURCE)
                        .put(PRIORITY, call.job().priority().word())
                        .put(POOL, call.pool())
                        .put(ATTEMPT, lease.attempt())
                        .put(GPU, lease.gpu())
                        .put(EXECUTOR, lease.executor())
                        .put(STARTED, lease.startedAt())
                        .put(LEASE_DEADLINE, lease.deadline())
                        .put(START_BEFORE, lease.startBefore());
        if (!call.model().equals(call.job().model())) {
            writer.put(FALLBACK, call.model());
        }
        int partition = partitionOf(lease.executor(), partitions);
        return new ProducerRecord<>(
                topic, partition, lease.executor(), call.body(), writer.headers());
    }

    /**
     * The call in a record.
     *
     * @param gpus the registry, by name
     * @throws BadRecordException if it is none, or if its GPU is unknown here
     */
    static Call read(ConsumerRecord<String, byte[]> row, Function<String, Optional<GpuSpec>> gpus) {
        RecordHeaderReader headers = new RecordHeaderReader(row.headers());
        Job job = job(row, headers);
        String name = headers.required(GPU);
        GpuSpec gpu =
                gpus.apply(name).orElseThrow(() -> new BadRecordException("unknown GPU " + name));
        Call call = new Call(job, headers.required(POOL), lease(job, headers), gpu, body(row));
        return headers.text(FALLBACK).map(call::workedBy).orElse(call);
    }

    private static Job job(ConsumerRecord<String, byte[]> row, RecordHeaderReader headers) {
        Priority priority =
                headers.text(PRIORITY)
                        .flatMap(Priority::parse)
                        .orElseThrow(() -> new BadRecordException("no priority of " + PRIORITY));
        Instant time = Instant.ofEpochMilli(row.timestamp());
        return JobRecords.read(
                row.headers(),
                priority,
                new JobRecords.Origin(row.topic(), row.partition(), row.offset(), time));
    }

    private static Lease lease(Job job, RecordHeaderReader headers) {
        return new Lease(
                job.id(),
                headers.integer(ATTEMPT, 1).orElseThrow(() -> missing(ATTEMPT)),
                headers.required(GPU),
                headers.required(EXECUTOR),
                number(headers, STARTED),
                number(headers, LEASE_DEADLINE),
                number(headers, START_BEFORE));
    }

    private static long number(RecordHeaderReader headers, String name) {
        OptionalLong value = headers.number(name, 1);
        return value.orElseThrow(() -> missing(name));
    }

    private static BadRecordException missing(String name) {
        return new BadRecordException("missing header " + name);
    }

    private static byte[] body(ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            throw new BadRecordException("an assignment without a body");
        }
        return row.value();
    }
}
