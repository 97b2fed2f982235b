package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes times exactly as {@link Instant#toString}, in a fraction of its time: every job carries
 * dozens of them through every service.
 */
final class Rfc3339 {

    /** Years outside have a sign. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int MICRO = 1_000;
    private static final int MILLI = 1_000_000;
    private static final int LONGEST = 30;

    private Rfc3339() {}

    static String text(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            return time.toString();
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(LONGEST);
        digits(text, utc.getYear(), 4);
        digits(text.append('-'), utc.getMonthValue(), 2);
        digits(text.append('-'), utc.getDayOfMonth(), 2);
        digits(text.append('T'), utc.getHour(), 2);
        digits(text.append(':'), utc.getMinute(), 2);
        digits(text.append(':'), utc.getSecond(), 2);
        fraction(text, time.getNano());
        return text.append('Z').toString();
    }

    /** None, three, six or nine digits, whatever loses nothing. */
    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % MILLI == 0) {
            digits(text, nanos / MILLI, 3);
        } else if (nanos % MICRO == 0) {
            digits(text, nanos / MICRO, 6);
        } else {
            digits(text, nanos, 9);
        }
    }

    private static void digits(StringBuilder text, int value, int count) {
        int end = text.length() + count;
        text.setLength(end);
        int rest = value;
        for (int at = end - 1; at >= end - count; at--) {
            text.setCharAt(at, (char) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** The same in JSON. */
    static final class Serializer extends StdSerializer<Instant> {

        Serializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(text(time));
        }
    }
}
