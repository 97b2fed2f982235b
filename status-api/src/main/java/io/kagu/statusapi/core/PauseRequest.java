package io.kagu.statusapi.core;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.kagu.common.codec.Json;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what an operator wants to be paused or resumed. An empty body means the whole pool. */
public final class PauseRequest {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MAX_TEXT = 200;
    private static final Fields NOTHING = new Fields(null, null, null, null, null);
    private static final ObjectReader READER =
            Json.MAPPER
                    .readerFor(Fields.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    private PauseRequest() {}

    private record Fields(
            @Nullable String priority,
            @Nullable String model,
            @Nullable String until,
            @Nullable Long forS,
            @Nullable String reason) {}

    /**
     * The pause that a body asks for.
     *
     * @throws FieldException naming the field and what is allowed
     */
    public static Pause read(byte[] body, Instant now) {
        Fields fields = body.length == 0 ? NOTHING : fields(body);
        PauseScope scope =
                new PauseScope(priority(fields.priority()), text("model", fields.model()));
        return new Pause(scope, until(fields, now), text("reason", fields.reason()));
    }

    private static Fields fields(byte[] body) {
        try {
            Fields fields = READER.readValue(body);
            return fields == null ? NOTHING : fields;
        } catch (UnrecognizedPropertyException e) {
            throw new FieldException(
                    "body", "an object of priority, model, until, for_s and reason alone");
        } catch (IOException e) {
            throw new FieldException("body", "a JSON object; " + Json.fault(e));
        }
    }

    private static Optional<Priority> priority(@Nullable String word) {
        return Optional.ofNullable(word).map(PauseRequest::priorityOf);
    }

    private static Priority priorityOf(String word) {
        String known =
                Arrays.stream(Priority.values())
                        .map(Priority::word)
                        .collect(Collectors.joining(", "));
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new FieldException("priority", "one of " + known));
    }

    private static Optional<String> text(String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_TEXT)) {
            throw new FieldException(field, "a text of 1 to " + MAX_TEXT + " characters");
        }
        return Optional.ofNullable(value);
    }

    private static Optional<Instant> until(Fields fields, Instant now) {
        if (fields.until() != null && fields.forS() != null) {
            throw new FieldException("for_s", "absent where until is given");
        }
        if (fields.forS() != null) {
            return Optional.of(now.plusSeconds(seconds(fields.forS())));
        }
        return Optional.ofNullable(fields.until()).map(text -> time(text, now));
    }

    private static long seconds(long value) {
        if (value < 1 || value > LONGEST.toSeconds()) {
            throw new FieldException("for_s", "a number from 1 to " + LONGEST.toSeconds());
        }
        return value;
    }

    private static Instant time(String text, Instant now) {
        String allowed = "a time in the next year, such as 2026-03-01T12:00:00Z";
        try {
            Instant time = Instant.parse(text);
            if (time.isAfter(now) && time.isBefore(now.plus(LONGEST))) {
                return time;
            }
        } catch (DateTimeException _) {
            throw new FieldException("until", allowed);
        }
        throw new FieldException("until", allowed);
    }
}
