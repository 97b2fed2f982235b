package io.kagu.common.codec;

import static io.kagu.common.codec.CloudEventHeaders.AFFINITY;
import static io.kagu.common.codec.CloudEventHeaders.CALLBACK;
import static io.kagu.common.codec.CloudEventHeaders.CONTENT_TYPE;
import static io.kagu.common.codec.CloudEventHeaders.DEADLINE;
import static io.kagu.common.codec.CloudEventHeaders.ID;
import static io.kagu.common.codec.CloudEventHeaders.MAX_ATTEMPTS;
import static io.kagu.common.codec.CloudEventHeaders.MODEL;
import static io.kagu.common.codec.CloudEventHeaders.PATH;
import static io.kagu.common.codec.CloudEventHeaders.TENANT;
import static io.kagu.common.codec.CloudEventHeaders.TIME;
import static io.kagu.common.codec.CloudEventHeaders.TOKENS;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import org.apache.kafka.common.header.Headers;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Job records: the metadata in headers, as CloudEvents 1.0 in binary mode; the value is the body.
 * The priority is the topic's, not a header.
 */
public final class JobRecords {

    /** {@code ce_type} of a job record. */
    public static final String TYPE = "io.kagu.job.v1";

    private JobRecords() {}

    /**
     * Where a record came from.
     *
     * @param time the record's own time, for jobs that state none
     */
    public record Origin(String topic, int partition, long offset, Instant time) {}

    /** The headers of a job. */
    public static Headers headers(Job job, String source) {
        return writer(TYPE, job, source).headers();
    }

    /** Begins the headers of a record of another type that carries a whole job. */
    public static RecordHeaderWriter writer(String type, Job job, String source) {
        RecordHeaderWriter writer =
                RecordHeaderWriter.event(type, source, job.id())
                        .put(TIME, job.submittedAt())
                        .put(CONTENT_TYPE, job.contentType())
                        .put(MODEL, job.model())
                        .put(TENANT, job.tenant())
                        .put(PATH, job.path())
                        .put(DEADLINE, job.deadline().map(Instant::toString))
                        .put(CALLBACK, job.callback().map(URI::toString))
                        .put(AFFINITY, job.affinity());
        job.maxAttempts().ifPresent(count -> writer.put(MAX_ATTEMPTS, count));
        job.tokens().ifPresent(count -> writer.put(TOKENS, count));
        return writer;
    }

    /**
     * The job of a record; only the model is required, any producer in any language can publish.
     *
     * @throws BadRecordException naming the header at fault
     */
    public static Job read(Headers headers, Priority priority, Origin origin) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        return new Job(
                reader.text(ID).map(JobRecords::checkedId).orElseGet(() -> stableId(origin)),
                reader.required(MODEL),
                priority,
                reader.text(TENANT).orElse(Job.DEFAULT_TENANT),
                reader.text(PATH).map(JobRecords::checkedPath).orElse(Job.DEFAULT_PATH),
                reader.text(CONTENT_TYPE).orElse(Job.DEFAULT_CONTENT_TYPE),
                reader.time(TIME).orElse(origin.time()),
                reader.time(DEADLINE),
                reader.integer(MAX_ATTEMPTS, 1),
                reader.number(TOKENS, 0),
                reader.text(CALLBACK).map(JobRecords::checkedUri),
                reader.text(AFFINITY));
    }

    /** The id a record's job has or would have, for dead letters of records that cannot be read. */
    public static String idOf(Headers headers, Origin origin) {
        Optional<String> id = new RecordHeaderReader(headers).text(ID).filter(JobIds::valid);
        return id.orElseGet(() -> stableId(origin));
    }

    private static String stableId(Origin origin) {
        return JobIds.ofRecord(origin.topic(), origin.partition(), origin.offset());
    }

    private static String checkedId(String id) {
        if (!JobIds.valid(id)) {
            throw new BadRecordException("header " + ID + " must match " + JobIds.PATTERN);
        }
        return id;
    }

    /** A path only: a job never chooses the host that is called. */
    private static String checkedPath(String path) {
        if (!Paths.valid(path)) {
            throw new BadRecordException("header " + PATH + " must match " + Paths.PATTERN);
        }
        return path;
    }

    private static URI checkedUri(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new BadRecordException("header " + CALLBACK + " must be a URI");
        }
    }
}
