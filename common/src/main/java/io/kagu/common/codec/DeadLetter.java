package io.kagu.common.codec;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.DeathClass;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the headers of a dead letter say: the job as it was submitted, so that it can be queued
 * again, and all that is known of its death. The body is the record's value. A record without value
 * takes the letter of its key back: the job was requeued, or the letter discarded.
 *
 * @param id of the job, or the one that an unreadable record has or would have had
 * @param job empty if the record could not be read
 * @param pool empty if the record could not be read
 * @param fingerprint the same for deaths of one cause, see {@link ErrorFingerprint}
 * @param attempts the last attempts of all runs, oldest first
 * @param run the job's life that ended
 * @param version of the view that told the end
 * @param sequence the job's place in its pool's order of intake
 * @param origin of an unreadable record: topic, partition and offset
 */
public record DeadLetter(
        String id,
        Optional<Job> job,
        Optional<String> pool,
        JobView.Reason reason,
        String fingerprint,
        List<AttemptView> attempts,
        int run,
        long version,
        OptionalLong sequence,
        Instant diedAt,
        Optional<String> origin) {

    /** {@code ce_type} of a dead letter. */
    public static final String TYPE = "io.kagu.deadletter.v1";

    /** Code of the reason of records that could not be read. */
    public static final String BAD_RECORD = "bad_record";

    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(diedAt, "diedAt");
        attempts = List.copyOf(attempts);
    }

    /** The letter of a job that died. */
    public static DeadLetter of(Job job, JobView view) {
        JobView.Reason why =
                view.reason().orElseThrow(() -> new IllegalArgumentException("no reason"));
        return new DeadLetter(
                job.id(),
                Optional.of(job),
                Optional.of(view.pool()),
                why,
                ErrorFingerprint.of(why.code(), why.message()),
                view.attempts(),
                view.run(),
                view.version(),
                view.sequence(),
                view.finishedAt().orElse(view.updatedAt()),
                Optional.empty());
    }

    /** What kind of death this was. */
    public DeathClass deathClass() {
        return DeathClass.ofCode(reason.code());
    }

    /**
     * The headers of a job's letter.
     *
     * @param source who tells
     */
    public Headers headers(String source) {
        Headers headers =
                new RequeueRecord(job.orElseThrow(), run, version, attempts).headers(source);
        headers.remove(CloudEventHeaders.TYPE);
        headers.add(CloudEventHeaders.TYPE, TYPE.getBytes(StandardCharsets.US_ASCII));
        RecordHeaderWriter extra =
                new RecordHeaderWriter()
                        .put(CloudEventHeaders.POOL, pool)
                        .put(CloudEventHeaders.ENDED, diedAt);
        sequence.ifPresent(number -> extra.put(CloudEventHeaders.SEQUENCE, number));
        add(headers, extra);
        add(headers, why(reason));
        return headers;
    }

    /**
     * The headers of the letter that a record becomes which cannot be read: its own, and what is
     * wrong with it.
     */
    public static Headers ofBadRecord(Headers own, JobRecords.Origin origin, String fault) {
        RecordHeaderWriter extra = why(new JobView.Reason(BAD_RECORD, fault));
        extra.put(
                CloudEventHeaders.ORIGIN,
                origin.topic() + '/' + origin.partition() + '/' + origin.offset());
        Headers headers = new RecordHeaderWriter().headers();
        own.forEach(headers::add);
        add(headers, extra);
        return headers;
    }

    private static RecordHeaderWriter why(JobView.Reason reason) {
        return new RecordHeaderWriter()
                .put(CloudEventHeaders.DEATH_CLASS, DeathClass.ofCode(reason.code()).word())
                .put(CloudEventHeaders.REASON_CODE, reason.code())
                .put(CloudEventHeaders.REASON, reason.message())
                .put(
                        CloudEventHeaders.FINGERPRINT,
                        ErrorFingerprint.of(reason.code(), reason.message()));
    }

    /** How its job is queued again; empty if there never was one. */
    public Optional<RequeueRecord> requeue() {
        return job.map(dead -> new RequeueRecord(dead, run, version, attempts));
    }

    private static void add(Headers headers, RecordHeaderWriter extra) {
        for (Header header : extra.headers()) {
            headers.add(header);
        }
    }

    /**
     * The letter in a record with a value.
     *
     * @param id the record's key
     * @param time the record's
     * @throws BadRecordException naming the header at fault
     */
    public static DeadLetter read(String id, Headers headers, Instant time) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        String code = reader.required(CloudEventHeaders.REASON_CODE);
        JobView.Reason why =
                new JobView.Reason(code, reader.text(CloudEventHeaders.REASON).orElse(""));
        String fingerprint =
                reader.text(CloudEventHeaders.FINGERPRINT)
                        .orElseGet(() -> ErrorFingerprint.of(code, why.message()));
        if (code.equals(BAD_RECORD)) {
            Optional<String> origin = reader.text(CloudEventHeaders.ORIGIN);
            return new DeadLetter(
                    id,
                    Optional.empty(),
                    Optional.empty(),
                    why,
                    fingerprint,
                    List.of(),
                    1,
                    0,
                    OptionalLong.empty(),
                    time,
                    origin);
        }
        return new DeadLetter(
                id,
                Optional.of(RequeueRecord.job(headers, time)),
                Optional.of(reader.required(CloudEventHeaders.POOL)),
                why,
                fingerprint,
                RequeueRecord.attempts(headers),
                reader.integer(CloudEventHeaders.RUN, 1).orElse(1),
                reader.number(CloudEventHeaders.VERSION, 0).orElse(0),
                reader.number(CloudEventHeaders.SEQUENCE, 0),
                reader.time(CloudEventHeaders.ENDED).orElse(time),
                Optional.empty());
    }
}
