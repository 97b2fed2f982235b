package io.kagu.dispatcher.pool;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobRecords.Origin;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.topic.Partitions;
import io.kagu.dispatcher.core.Handover;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads job records and finds the pool each belongs to. */
final class Intake {

    /** Pool of jobs without key whose model no GPU serves (yet). */
    private static final String FALLBACK_POOL = "default";

    private static final int BYTES_PER_TOKEN = 4;

    private final int partitions;

    /**
     * @param partitions of all topics keyed by pool
     */
    Intake(int partitions) {
        this.partitions = partitions;
    }

    /** What is to be done with a job record. */
    sealed interface Decision {

        /**
         * It belongs to a pool of this task.
         *
         * @param before where another pool left it, if one had it
         */
        record Take(Job job, String pool, String model, Optional<Handover> before)
                implements Decision {}

        /** It belongs to another partition: it is sent there, once. */
        record Forward(Priority priority, String pool) implements Decision {}
    }

    /**
     * Reads a record that arrived on a partition of a job topic. One that was forwarded belongs to
     * the pool of its key, whatever this owner's registry says: it may be older than the sender's.
     *
     * @throws io.kagu.common.codec.BadRecordException if it cannot be read
     */
    Decision decide(Record<String, byte[]> row, Priority priority, Origin origin, Registry gpus) {
        Job job = JobRecords.read(row.headers(), priority, origin);
        boolean sent = row.key() != null && forwarded(row.headers());
        String pool = sent ? row.key() : pool(job, row.key(), gpus);
        boolean here = partitionOf(pool) == origin.partition() && pool.equals(row.key());
        return here ? taken(job, row, gpus) : new Decision.Forward(priority, pool);
    }

    /**
     * Reads a record of a job that the pool of its key knows: it is taken there, whatever pool
     * serves its model by now.
     *
     * @throws io.kagu.common.codec.BadRecordException if it cannot be read
     */
    Decision.Take known(
            Record<String, byte[]> row, Priority priority, Origin origin, Registry gpus) {
        return taken(JobRecords.read(row.headers(), priority, origin), row, gpus);
    }

    private static Decision.Take taken(Job job, Record<String, byte[]> row, Registry gpus) {
        String model = gpus.canonicalName(job.model()).orElse(job.model());
        Header before = row.headers().lastHeader(CloudEventHeaders.HANDOVER);
        return new Decision.Take(
                job,
                row.key(),
                model,
                before != null && forwarded(row.headers())
                        ? Optional.of(Json.read(before.value(), Handover.class))
                        : Optional.empty());
    }

    /** The record as it goes to its right partition. */
    static Record<String, byte[]> forward(Record<String, byte[]> row, Origin origin, String pool) {
        Headers headers = new RecordHeaders(row.headers());
        if (headers.lastHeader(CloudEventHeaders.ID) == null) {
            String id = JobRecords.idOf(headers, origin);
            headers.add(CloudEventHeaders.ID, id.getBytes(StandardCharsets.UTF_8));
        }
        headers.add(CloudEventHeaders.FORWARDED, new byte[] {'1'});
        return new Record<>(pool, row.value(), row.timestamp(), headers);
    }

    /** Tells one body from another under the same id: length and CRC-32C. */
    static long digest(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ((long) body.length << 32) | crc.getValue();
    }

    /** Tokens of a job by its own estimate; without one, at about four bytes of body a token. */
    static long cost(Job job, byte[] body) {
        return job.tokens().orElse(Math.ceilDiv(body.length, BYTES_PER_TOKEN));
    }

    /** The registry knows best; where it knows nothing, the producer's key stands. */
    private static String pool(Job job, @Nullable String key, Registry gpus) {
        Optional<String> named = Optional.ofNullable(key).filter(text -> !text.isBlank());
        return gpus.poolOf(job.model()).or(() -> named).orElse(FALLBACK_POOL);
    }

    /** The partition whose task owns a pool: where the default partitioner sends its key. */
    int partitionOf(String pool) {
        return Partitions.of(pool, partitions);
    }

    private static boolean forwarded(Headers headers) {
        return headers.lastHeader(CloudEventHeaders.FORWARDED) != null;
    }
}
