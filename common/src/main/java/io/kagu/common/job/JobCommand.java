package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What a reader asks of the owner of a job's pool. Idempotent: the same command twice does what one
 * does.
 *
 * @param schema version of this shape, see {@link #SCHEMA}
 * @param requestedAt by the asker's clock
 */
public record JobCommand(int schema, Type type, String jobId, Instant requestedAt) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public JobCommand {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(jobId, "job_id");
        Objects.requireNonNull(requestedAt, "requested_at");
    }

    /** A command to withdraw a job, whatever its live state. */
    public static JobCommand cancel(String jobId, Instant requestedAt) {
        return new JobCommand(SCHEMA, Type.CANCEL, jobId, requestedAt);
    }

    /** What is asked. */
    public enum Type {
        CANCEL;

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
