package io.kagu.common.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An error answer (RFC 9457) with a stable code.
 *
 * @param code machine-readable; listed in the documentation
 * @param retryAfterSeconds sent as the {@code Retry-After} header
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        OptionalInt retryAfterSeconds,
        @JsonAnyGetter Map<String, Object> more) {

    /** The media type of an error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        more = Map.copyOf(more);
    }

    /** A problem without further fields. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(
                "about:blank", title, status, code, detail, OptionalInt.empty(), Map.of());
    }

    /** The caller sent something that is not allowed; names the field and what is. */
    public static Problem field(int status, String code, String field, String allowed) {
        return of(status, code, "Invalid " + field, field + " must be " + allowed)
                .with("field", field)
                .with("allowed", allowed);
    }

    /** The same problem with one more field. */
    public Problem with(String name, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(more);
        extended.put(name, value);
        return new Problem(type, title, status, code, detail, retryAfterSeconds, extended);
    }

    /** The same problem with word on when to come back. */
    public Problem retryAfter(int seconds) {
        return new Problem(type, title, status, code, detail, OptionalInt.of(seconds), more);
    }
}
