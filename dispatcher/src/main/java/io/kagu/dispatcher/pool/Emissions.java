package io.kagu.dispatcher.pool;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Handover;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.Lease;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.core.PoolEvent;
import io.kagu.dispatcher.executor.AbortCommand;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Writes what other services are told as records. */
final class Emissions {

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

    Emission result(AttemptOutcome end, byte[] body, long time) {
        Outcome.Completed completed = (Outcome.Completed) end.outcome();
        Headers headers =
                new JobResult(
                                end.jobId(),
                                completed.status(),
                                completed.contentType(),
                                end.gpu(),
                                end.attempt(),
                                Instant.ofEpochMilli(end.startedAt()),
                                Instant.ofEpochMilli(end.endedAt()))
                        .headers(source);
        return new Emission(Sinks.RESULTS, new Record<>(end.jobId(), body, time, headers));
    }

    /** The body with everything needed to requeue it, and all that is known of why it died. */
    Emission deadLetter(JobRow row, byte[] body) {
        Headers headers = DeadLetter.of(row.job(), JobViews.of(row)).headers(source);
        return new Emission(
                Sinks.DEAD_LETTERS, new Record<>(row.id(), body, row.updatedAt(), headers));
    }

    /** Takes a job's dead letter back. */
    Emission noDeadLetter(String jobId, long now) {
        return plain(Sinks.DEAD_LETTERS, jobId, null, now);
    }

    /** A record that cannot be read, kept with its headers, its origin and what is wrong. */
    Emission badRecord(Record<String, byte[]> bad, JobRecords.Origin origin, String fault) {
        Headers headers = DeadLetter.ofBadRecord(bad.headers(), origin, fault);
        String id = JobRecords.idOf(bad.headers(), origin);
        // Without a value it would take the letter of that id back.
        byte[] value = bad.value() == null ? new byte[0] : bad.value();
        return new Emission(Sinks.DEAD_LETTERS, new Record<>(id, value, bad.timestamp(), headers));
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

    /** The job as its new pool takes it in, with all that it is to go on from. */
    Emission forward(JobRow row, JobState.Forwarded gone, byte[] body) {
        Headers headers = JobRecords.headers(row.job(), source);
        headers.add(CloudEventHeaders.FORWARDED, new byte[] {'1'});
        headers.add(CloudEventHeaders.HANDOVER, Json.write(Handover.of(row)));
        return new Emission(
                Sinks.jobs(row.job().priority()),
                new Record<>(gone.toPool(), body, gone.at(), headers));
    }

    /** A cancel as it follows its job to another pool. */
    Emission cancel(PoolEvent.CancelForwarded cancel) {
        Instant time = Instant.ofEpochMilli(cancel.now());
        byte[] json = Json.write(JobCommand.cancel(cancel.jobId(), cancel.run(), time));
        return plain(Sinks.COMMANDS, cancel.toPool(), json, cancel.now());
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

    private static Emission plain(String sink, String key, byte @Nullable [] value, long time) {
        return new Emission(sink, new Record<>(key, value, time));
    }
}
