package io.kagu.dispatcher.pool;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RecordHeaderWriter;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.Lease;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.executor.AbortCommand;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes what other services are told as records. */
final class Emissions {

    /** {@code ce_type} of a dead letter. */
    static final String DEAD_LETTER = "io.kagu.deadletter.v1";

    private final String source;

    /**
     * @param source who tells, as {@code ce_source}
     */
    Emissions(String source) {
        this.source = source;
    }

    Emission event(JobEvent.Type type, JobRow row) {
        JobView view = JobViews.of(row);
        byte[] json = Json.write(JobEvent.of(type, view));
        return plain(Sinks.EVENTS, row.id(), json, row.updatedAt());
    }

    Emission result(JobRow row, AttemptOutcome end, byte[] body) {
        Outcome.Completed completed = (Outcome.Completed) end.outcome();
        Headers headers =
                new JobResult(
                                row.id(),
                                completed.status(),
                                completed.contentType(),
                                end.gpu(),
                                end.attempt(),
                                Instant.ofEpochMilli(end.startedAt()),
                                Instant.ofEpochMilli(end.endedAt()))
                        .headers(source);
        return new Emission(Sinks.RESULTS, new Record<>(row.id(), body, row.updatedAt(), headers));
    }

    /** The body with everything needed to requeue it, and all that is known of why it died. */
    Emission deadLetter(JobRow row, JobState.Dead dead, byte[] body) {
        Headers headers = JobRecords.headers(row.job(), source);
        RecordHeaderWriter extra =
                new RecordHeaderWriter()
                        .put(CloudEventHeaders.POOL, row.pool())
                        .put(CloudEventHeaders.PRIORITY, row.job().priority().word())
                        .put(CloudEventHeaders.REASON_CODE, dead.reason().code())
                        .put(CloudEventHeaders.REASON, dead.reason().message())
                        .put(CloudEventHeaders.ENDED, Instant.ofEpochMilli(dead.at()));
        extra.headers().forEach(headers::add);
        headers.add(CloudEventHeaders.ATTEMPTS, Json.write(JobViews.attempts(row)));
        headers.remove(CloudEventHeaders.TYPE).add(CloudEventHeaders.TYPE, ascii(DEAD_LETTER));
        return new Emission(Sinks.DEAD_LETTERS, new Record<>(row.id(), body, dead.at(), headers));
    }

    /** A record that cannot be read, kept with its headers, its origin and what is wrong. */
    Emission badRecord(Record<String, byte[]> bad, JobRecords.Origin origin, String fault) {
        Headers headers = new RecordHeaders();
        for (Header header : bad.headers()) {
            headers.add(header);
        }
        String place = origin.topic() + '/' + origin.partition() + '/' + origin.offset();
        RecordHeaderWriter extra =
                new RecordHeaderWriter()
                        .put(CloudEventHeaders.REASON_CODE, "bad_record")
                        .put(CloudEventHeaders.REASON, fault)
                        .put(CloudEventHeaders.ORIGIN, place);
        extra.headers().forEach(headers::add);
        String id = JobRecords.idOf(bad.headers(), origin);
        return new Emission(
                Sinks.DEAD_LETTERS, new Record<>(id, bad.value(), bad.timestamp(), headers));
    }

    Emission retry(JobRow row, JobState.Retrying retrying) {
        byte[] json =
                Json.write(
                        new RetryNotice(
                                RetryNotice.SCHEMA,
                                row.id(),
                                row.attempt(),
                                Instant.ofEpochMilli(retrying.dueAt()),
                                retrying.reason().code()));
        return plain(Sinks.RETRY, row.pool(), json, row.updatedAt());
    }

    Emission abort(Lease lease, long now) {
        byte[] json = Json.write(AbortCommand.of(lease.jobId(), lease.attempt()));
        return plain(Sinks.ABORTS, lease.jobId(), json, now);
    }

    Emission queueStatus(QueueStatus status) {
        return plain(
                Sinks.QUEUE_STATUS,
                status.pool(),
                Json.write(status),
                status.time().toEpochMilli());
    }

    private static Emission plain(String sink, String key, byte[] value, long time) {
        return new Emission(sink, new Record<>(key, value, time));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
