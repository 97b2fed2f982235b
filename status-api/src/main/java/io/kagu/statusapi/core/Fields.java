package io.kagu.statusapi.core;

import io.kagu.common.job.Priority;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds callers to the fields that there are: a mistyped filter would mean far too much. */
final class Fields {

    private static final int MAX_TEXT = 256;
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private Fields() {}

    /**
     * Parameters of a query, each given once.
     *
     * @throws FieldException if one is unknown or given more often
     */
    static Map<String, String> once(Map<String, List<String>> parameters, List<String> known) {
        Map<String, String> fields = new TreeMap<>();
        parameters.forEach((name, values) -> {
            requireKnown(name, known);
            if (values.size() != 1) {
                throw new FieldException(name, "given once");
            }
            fields.put(name, values.getFirst());
        });
        return fields;
    }

    /** A text, if it is given. */
    static Optional<String> text(Map<String, String> fields, String name) {
        Optional<String> text = Optional.ofNullable(fields.get(name));
        if (text.filter(it -> it.isBlank() || it.length() > MAX_TEXT).isPresent()) {
            throw new FieldException(name, "a text of 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    /** A priority, if it is given. */
    static Optional<Priority> priority(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("priority"))
                .map(word ->
                        Priority.parse(word)
                                .orElseThrow(() ->
                                        new FieldException(
                                                "priority", "one of " + Priority.allowed())));
    }

    /** A time, if it is given. */
    static Optional<Instant> time(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(text -> time(name, text));
    }

    private static Instant time(String name, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(END)) {
                return time;
            }
        } catch (DateTimeException _) {
            // Falls through to the one answer for both faults.
        }
        throw new FieldException(name, "a time such as 2026-03-01T12:00:00Z");
    }

    /** How many a page may have. */
    static int limit(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("limit")).map(Fields::limit).orElse(DEFAULT_LIMIT);
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Falls through to the one answer for both faults.
        }
        throw new FieldException("limit", "a whole number from 1 to " + MAX_LIMIT);
    }

    /** Names what there is, never what was sent. */
    static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            throw new FieldException("fields", "among " + String.join(", ", known));
        }
    }
}
