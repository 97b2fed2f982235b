package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How urgent a job is; each priority is one lane of a pool. Declared in order: first is served
 * first.
 */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    private static final List<Priority> PRIORITIES = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in headers, JSON and topic names. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The priority of a word, whatever its case; empty for any other word. */
    public static Optional<Priority> parse(String word) {
        for (Priority priority : PRIORITIES) {
            if (priority.word.equalsIgnoreCase(word.strip())) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }

    /** All words, for error messages. */
    public static String allowed() {
        return Arrays.stream(values()).map(Priority::word).collect(Collectors.joining(", "));
    }

    @JsonCreator
    static Priority ofWord(String word) {
        return parse(word)
                .orElseThrow(
                        () -> new IllegalArgumentException("priority must be one of " + allowed()));
    }
}
