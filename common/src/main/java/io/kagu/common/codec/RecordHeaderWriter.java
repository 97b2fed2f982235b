package io.kagu.common.codec;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Builds a record's headers as a CloudEvent. */
public final class RecordHeaderWriter {

    private final Headers headers = new RecordHeaders();

    /** Begins the headers of an event of this type and id. */
    public static RecordHeaderWriter event(String type, String source, String id) {
        return new RecordHeaderWriter()
                .put(CloudEventHeaders.SPEC_VERSION, "1.0")
                .put(CloudEventHeaders.TYPE, type)
                .put(CloudEventHeaders.SOURCE, source)
                .put(CloudEventHeaders.ID, id);
    }

    /** Adds a text. */
    public RecordHeaderWriter put(String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a number. */
    public RecordHeaderWriter put(String name, long value) {
        return put(name, Long.toString(value));
    }

    /** Adds a time, RFC 3339 in UTC. */
    public RecordHeaderWriter put(String name, Instant value) {
        return put(name, Rfc3339.text(value));
    }

    /** Adds a text if there is one. */
    public RecordHeaderWriter put(String name, Optional<String> value) {
        value.ifPresent(text -> put(name, text));
        return this;
    }

    /** The headers so far. */
    public Headers headers() {
        return headers;
    }
}
