package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a reader asks of the owner of a job's pool. Idempotent: the same command twice does what one
 * does. A requeue, which carries the job's body, is a {@link io.kagu.common.codec.RequeueRecord}.
 *
 * @param schema version of this shape, see {@link #SCHEMA}
 * @param requestedAt by the asker's clock
 * @param run the life of the job that is meant: of a discard, the one whose dead letter it is; of a
 *     cancel, no later one is withdrawn; absent, whichever there is
 */
public record JobCommand(
        int schema, Type type, String jobId, Instant requestedAt, OptionalInt run) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public JobCommand {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(jobId, "job_id");
        Objects.requireNonNull(requestedAt, "requested_at");
    }

    /** A command to withdraw a job, whatever its live state and its run. */
    public static JobCommand cancel(String jobId, Instant requestedAt) {
        return cancel(jobId, OptionalInt.empty(), requestedAt);
    }

    /** A command to withdraw a job, unless it has begun a later run by then. */
    public static JobCommand cancel(String jobId, OptionalInt run, Instant requestedAt) {
        return new JobCommand(SCHEMA, Type.CANCEL, jobId, requestedAt, run);
    }

    /** A command to take a dead letter back for good: its job stays dead. */
    public static JobCommand discard(String jobId, int run, Instant requestedAt) {
        return new JobCommand(SCHEMA, Type.DISCARD, jobId, requestedAt, OptionalInt.of(run));
    }

    /** What is asked. */
    public enum Type {
        CANCEL,
        DISCARD;

        /** The word used in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Type ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
