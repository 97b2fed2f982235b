package io.kagu.common.codec;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads typed values out of a record's headers; a value that does not parse is a bad record. */
public final class RecordHeaderReader {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Headers headers;

    public RecordHeaderReader(Headers headers) {
        this.headers = headers;
    }

    public Optional<String> text(String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length == 0) {
            return Optional.empty();
        }
        return Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> new BadRecordException("missing header " + name));
    }

    public Optional<Instant> time(String name) {
        return text(name).map(value -> parseTime(name, value));
    }

    public OptionalInt integer(String name, int min) {
        OptionalLong value = number(name, min);
        return value.isPresent()
                ? OptionalInt.of((int) Math.min(value.getAsLong(), Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    public OptionalLong number(String name, long min) {
        Optional<String> value = text(name);
        return value.isPresent()
                ? OptionalLong.of(parseNumber(name, value.get(), min))
                : OptionalLong.empty();
    }

    private static Instant parseTime(String name, String value) {
        try {
            return within(Rfc3339.parse(value));
        } catch (DateTimeParseException e) {
            throw new BadRecordException("header " + name + " must be an RFC 3339 time in UTC");
        }
    }

    /** A time beyond all calendars means no more than one at their ends, and counts in millis. */
    private static Instant within(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(LAST) ? LAST : time;
    }

    private static long parseNumber(String name, String value, long min) {
        try {
            long number = Long.parseLong(value);
            if (number >= min) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both faults.
        }
        throw new BadRecordException("header " + name + " must be a whole number from " + min);
    }
}
