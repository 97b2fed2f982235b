package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * What an operator asks of a pool's owner. Idempotent: the last one for a scope stands.
 *
 * @param schema version of this shape, see {@link #SCHEMA}
 * @param pause what is to wait; of a resume only the scope counts
 * @param requestedAt by the asker's clock
 */
public record PauseCommand(int schema, Type type, Pause pause, Instant requestedAt) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public PauseCommand {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(pause.scope(), "pause.scope");
        Objects.requireNonNull(requestedAt, "requested_at");
    }

    /** A command to pause or to resume. */
    public static PauseCommand of(Type type, Pause pause, Instant requestedAt) {
        return new PauseCommand(SCHEMA, type, pause, requestedAt);
    }

    /** What is asked. */
    public enum Type {
        PAUSE,
        RESUME;

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
