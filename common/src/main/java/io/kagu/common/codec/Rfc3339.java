package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.format.DateTimeParseException;

/**
 * Writes times exactly as {@link Instant#toString} and reads them as {@link Instant#parse}, in a
 * fraction of their time: every job carries dozens of them through every service.
 */
public final class Rfc3339 {

    /** Years outside have a sign. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Beyond these a time cannot be told in milliseconds, nor two of them be compared. */
    private static final Instant EARLIEST = Instant.parse("-99999-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("+99999-12-31T23:59:59Z");
    private static final int MICRO = 1_000;
    private static final int MILLI = 1_000_000;
    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;
    private static final int MINUTE = 60;

    /** Length of a time without a fraction of a second, such as 2026-11-21T04:05:06Z. */
    private static final int WHOLE = 20;

    private static final int LONGEST = 30;
    private static final int NANO_DIGITS = 9;
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

    /** Nearly all times of a run are of one day. */
    private static volatile Day lastDay = Day.of(0);

    private Rfc3339() {}

    private record Day(long number, String text) {

        static Day of(long number) {
            return new Day(number, LocalDate.ofEpochDay(number) + "T");
        }
    }

    public static String text(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            return time.toString();
        }
        int second = (int) Math.floorMod(time.getEpochSecond(), (long) DAY);
        StringBuilder text = new StringBuilder(LONGEST).append(day(time));
        digits(text, second / HOUR, 2);
        digits(text.append(':'), second % HOUR / MINUTE, 2);
        digits(text.append(':'), second % MINUTE, 2);
        fraction(text, time.getNano());
        return text.append('Z').toString();
    }

    private static String day(Instant time) {
        long number = Math.floorDiv(time.getEpochSecond(), (long) DAY);
        Day day = lastDay;
        if (day.number() != number) {
            day = Day.of(number);
            lastDay = day;
        }
        return day.text();
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
            digits(text, nanos, NANO_DIGITS);
        }
    }

    private static void digits(StringBuilder text, int value, int count) {
        int unit = 1;
        for (int i = 1; i < count; i++) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            text.append((char) ('0' + value / unit % 10));
        }
    }

    /**
     * The time of a text.
     *
     * @throws DateTimeParseException as {@link Instant#parse}
     */
    public static Instant parse(String text) {
        return plain(text) ? parsePlain(text) : Instant.parse(text);
    }

    /** Whether it is of the shape that {@link #text} writes; all else is left to the JDK. */
    private static boolean plain(String text) {
        int length = text.length();
        if (length < WHOLE || length > LONGEST || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int at = 0; at < SHAPE.length(); at++) {
            char is = text.charAt(at);
            char shape = SHAPE.charAt(at);
            if (shape == 'd' ? is < '0' || is > '9' : is != shape) {
                return false;
            }
        }
        return length == WHOLE || fractionAt(text) >= 0;
    }

    /** Nanoseconds behind the whole second; -1 if there is no such fraction. */
    private static int fractionAt(String text) {
        int end = text.length() - 1;
        if (text.charAt(WHOLE - 1) != '.' || end == WHOLE) {
            return -1;
        }
        int nanos = 0;
        for (int at = WHOLE; at < WHOLE + NANO_DIGITS; at++) {
            char is = at < end ? text.charAt(at) : '0';
            if (is < '0' || is > '9') {
                return -1;
            }
            nanos = nanos * 10 + (is - '0');
        }
        return nanos;
    }

    private static Instant parsePlain(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean ofClock = hour < 24 && minute < 60 && second < 60;
        if (!ofClock || !ofCalendar(year, month, day)) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        long seconds = days * DAY + (long) hour * HOUR + (long) minute * MINUTE + second;
        return Instant.ofEpochSecond(seconds, text.length() == WHOLE ? 0 : fractionAt(text));
    }

    private static boolean ofCalendar(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of(month).length(Year.isLeap(year));
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + (text.charAt(at) - '0');
        }
        return number;
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

    /** Out of JSON; what is not written as we write it is left to the mapper's own reader. */
    static final class Deserializer extends StdDeserializer<Instant> {

        Deserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            if (json.hasToken(JsonToken.VALUE_STRING)) {
                String text = json.getText();
                if (plain(text)) {
                    return parsed(text, context);
                }
            }
            Instant time = InstantDeserializer.INSTANT.deserialize(json, context);
            // The mapper makes nothing of an empty text.
            boolean far = time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST));
            if (far) {
                throw context.weirdStringException(time.toString(), Instant.class, "too far away");
            }
            return time;
        }

        private Instant parsed(String text, DeserializationContext context) throws IOException {
            try {
                return parsePlain(text);
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(text, Instant.class, "no such time");
            }
        }
    }
}
