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
 * @param run of a discard: the life of the job whose dead letter is meant
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

    /** A command to withdraw a job, whatever its live state. */
    public static JobCommand cancel(String jobId, Instant requestedAt) {
        return new JobCommand(SCHEMA, Type.CANCEL, jobId, requestedAt, OptionalInt.empty());
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
