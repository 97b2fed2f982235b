package io.kagu.common.codec;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A command to give a dead job its next run: what the headers of the record say, whose value is the
 * job's body and whose key is its pool. It carries all that the owner needs, who may have let go of
 * the job since. Idempotent: it starts the run after {@code run} and no other.
 *
 * @param run the life that ended
 * @param version of the view that told its end; the next run's go on from there
 * @param attempts of all runs so far, as the view told them; numbers go on from there
 */
public record RequeueRecord(Job job, int run, long version, List<AttemptView> attempts) {

    /** {@code ce_type} of a requeue. */
    public static final String TYPE = "io.kagu.requeue.v1";

    /** Far more than any job counts, far less than a number holds. */
    private static final int MOST = 1_000_000_000;

    public RequeueRecord {
        attempts = List.copyOf(attempts);
    }

    /** Whether a record of the topic of commands is a requeue; all others are JSON. */
    public static boolean is(Headers headers) {
        return new RecordHeaderReader(headers)
                .text(CloudEventHeaders.TYPE)
                .filter(TYPE::equals)
                .isPresent();
    }

    /**
     * As record headers.
     *
     * @param source who asks
     */
    public Headers headers(String source) {
        Headers headers = JobRecords.headers(job, source);
        headers.remove(CloudEventHeaders.TYPE);
        RecordHeaderWriter extra =
                new RecordHeaderWriter()
                        .put(CloudEventHeaders.TYPE, TYPE)
                        .put(CloudEventHeaders.PRIORITY, job.priority().word())
                        .put(CloudEventHeaders.RUN, run)
                        .put(CloudEventHeaders.VERSION, version);
        for (Header header : extra.headers()) {
            headers.add(header);
        }
        headers.add(CloudEventHeaders.ATTEMPTS, Json.write(attempts));
        return headers;
    }

    /**
     * The requeue in some headers.
     *
     * @param time the record's
     * @throws BadRecordException naming the header at fault
     */
    public static RequeueRecord read(Headers headers, Instant time) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        RequeueRecord read =
                new RequeueRecord(
                        job(headers, time),
                        reader.integer(CloudEventHeaders.RUN, 1).orElse(1),
                        reader.number(CloudEventHeaders.VERSION, 0).orElse(0),
                        attempts(headers));
        check(read.run <= MOST, CloudEventHeaders.RUN);
        check(read.version <= MOST, CloudEventHeaders.VERSION);
        check(
                read.attempts.size() <= JobView.MAX_ATTEMPTS
                        && read.attempts.stream().allMatch(call -> call.number() <= MOST),
                CloudEventHeaders.ATTEMPTS);
        return read;
    }

    /** The next run counts on from these numbers. */
    private static void check(boolean holds, String header) {
        if (!holds) {
            throw new BadRecordException("header " + header + " has more than any job counts");
        }
    }

    /** The job in headers that name its id and its priority. */
    static Job job(Headers headers, Instant time) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        reader.required(CloudEventHeaders.ID);
        String word = reader.required(CloudEventHeaders.PRIORITY);
        Priority priority = Priority.parse(word).orElseThrow(RequeueRecord::badPriority);
        return JobRecords.read(headers, priority, new JobRecords.Origin("", 0, 0, time));
    }

    private static BadRecordException badPriority() {
        return new BadRecordException(
                "header %s must be one of %s"
                        .formatted(CloudEventHeaders.PRIORITY, Priority.allowed()));
    }

    static List<AttemptView> attempts(Headers headers) {
        Header json = headers.lastHeader(CloudEventHeaders.ATTEMPTS);
        if (json == null || json.value() == null) {
            return List.of();
        }
        try {
            List<AttemptView> all = Arrays.asList(Json.read(json.value(), AttemptView[].class));
            if (all.contains(null)) {
                throw new BadJsonException("an attempt is null");
            }
            return all;
        } catch (BadJsonException e) {
            throw new BadRecordException(
                    "header " + CloudEventHeaders.ATTEMPTS + ": " + e.getMessage());
        }
    }
}
