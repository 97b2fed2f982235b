package io.kagu.ingest.core.gpu;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sample line of the Prometheus text format: {@code name{label="value"} value timestamp}, where
 * labels and timestamp may be missing.
 *
 * @param rest what follows the name
 */
record MetricLine(String name, String rest) {

    /** Longer than any double is written. */
    private static final int LONGEST_NUMBER = 64;

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");
    private static final Pattern VALUE_AND_TIME =
            Pattern.compile("(?<value>[^ \\t]++)(?:[ \\t]++(?<time>[^ \\t]++))?");

    /** The sample of a line; empty for comments and blank lines. */
    static Optional<MetricLine> of(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.charAt(0) == '#') {
            return Optional.empty();
        }
        int end = 0;
        while (end < text.length() && ofName(text.charAt(end))) {
            end++;
        }
        return Optional.of(new MetricLine(text.substring(0, end), text.substring(end)));
    }

    private static boolean ofName(char c) {
        return c != '{' && c != ' ' && c != '\t';
    }

    /** Its value, also one that is not finite; empty if the line is malformed. */
    OptionalDouble value() {
        int from = endOfLabels();
        if (from < 0) {
            return OptionalDouble.empty();
        }
        Matcher sample = VALUE_AND_TIME.matcher(withoutExemplar(rest.substring(from)).strip());
        if (!sample.matches() || !isTime(sample.group("time"))) {
            return OptionalDouble.empty();
        }
        return number(sample.group("value"));
    }

    /** Index behind the closing brace, 0 without labels, -1 if they do not end. */
    private int endOfLabels() {
        String text = rest.stripLeading();
        int at = rest.length() - text.length();
        if (!text.startsWith("{")) {
            return 0;
        }
        boolean quoted = false;
        for (; at < rest.length(); at++) {
            char c = rest.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '}') {
                return at + 1;
            }
        }
        return -1;
    }

    /** OpenMetrics adds an example behind the value. */
    private static String withoutExemplar(String text) {
        int at = text.indexOf(" # ");
        return at < 0 ? text : text.substring(0, at);
    }

    private static OptionalDouble number(String word) {
        return switch (word) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "Inf", "+Inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default ->
                    isNumber(word)
                            ? OptionalDouble.of(Double.parseDouble(word))
                            : OptionalDouble.empty();
        };
    }

    private static boolean isTime(@Nullable String word) {
        return word == null || isNumber(word);
    }

    private static boolean isNumber(String word) {
        return word.length() <= LONGEST_NUMBER && NUMBER.matcher(word).matches();
    }
}
