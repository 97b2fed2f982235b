package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
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

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in headers, JSON and topic names. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The priority of a word, whatever its case; empty for any other word. */
    public static Optional<Priority> parse(String word) {
        return Arrays.stream(values())
                .filter(p -> p.name().equalsIgnoreCase(word.strip()))
                .findFirst();
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
