package io.kagu.dispatcher.executor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads a Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /**
     * The pause that is asked for, bounded; empty for what is neither seconds nor a date.
     *
     * @param now epoch milliseconds
     */
    static OptionalLong millis(String value, long now, Duration max) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return bounded(Long.parseLong(text) * 1000, max);
        }
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return bounded(until.toEpochMilli() - now, max);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong bounded(long millis, Duration max) {
        return OptionalLong.of(Math.clamp(millis, 0, max.toMillis()));
    }
}
