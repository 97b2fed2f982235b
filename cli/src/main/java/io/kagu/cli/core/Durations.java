package io.kagu.cli.core;

import java.util.Locale;

/** Times for people. */
final class Durations {

    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long SECOND_MILLIS = 1000;

    private Durations() {}

    /** Such as {@code 12 s}, {@code 3:05 min} or {@code 2:00 h}. */
    static String seconds(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return "%d:%02d min".formatted(seconds / MINUTE, seconds % MINUTE);
        }
        return "%d:%02d h".formatted(seconds / HOUR, seconds % HOUR / MINUTE);
    }

    /** Such as {@code 85 ms}, {@code 1.25 s} or {@code 3:05 min}. */
    static String millis(long millis) {
        if (millis < SECOND_MILLIS) {
            return millis + " ms";
        }
        if (millis < MINUTE * SECOND_MILLIS) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        return seconds(Math.round(millis / 1000.0));
    }
}
