package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.format.DateTimeParseException;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T04:05:06Z",
                "2026-01-01T00:00:00.120Z",
                "2026-12-31T23:59:59.999Z",
                "2024-02-29T12:00:00.000001Z",
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.100Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z"
            })
    void everyTimeIsWrittenAsTheJdkWritesIt(String text) {
        Instant time = Instant.parse(text);

        assertThat(Rfc3339.text(time)).isEqualTo(time.toString());
        assertThat(new String(Json.write(time))).isEqualTo('"' + time.toString() + '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T04:05:06Z",
                "2026-11-21T04:05:06.5Z",
                "2024-02-29T23:59:59.000001Z",
                "1969-12-31T00:00:00.123456789Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2026-11-21T04:05:06.Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T04:05:06+01:00"
            })
    void everyTimeIsReadAsTheJdkReadsIt(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(text));
        assertThat(Json.read(('"' + text + '"').getBytes(UTF_8), Instant.class))
                .isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21T04:05:06",
                "2026-11-21T04:05:06.1234567890Z",
                "2026-11-21T04:05:06.12x4Z",
                "2026-13-21T04:05:06Z",
                "2026-00-21T04:05:06Z",
                "2025-02-29T04:05:06Z",
                "2026-11-00T04:05:06Z",
                "2026-11-21T25:05:06Z",
                "2026-11-21T04:60:06Z",
                "2026-11-21T04:05:61Z"
            })
    void whatTheJdkRefusesIsRefused(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> Json.read(('"' + text + '"').getBytes(UTF_8), Instant.class))
                .isInstanceOf(BadJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+100000-01-01T00:00:00Z\"",
                "\"-100000-12-31T23:59:59Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "9000000000000"
            })
    void aTimeInJsonThatMillisecondsCannotTellIsRefused(String json) {
        assertThatThrownBy(() -> Json.read(json.getBytes(UTF_8), Instant.class))
                .isInstanceOf(BadJsonException.class);
    }

    @Test
    void theFarthestTimesAreWrittenToo() {
        assertThat(Rfc3339.text(Instant.MIN)).isEqualTo(Instant.MIN.toString());
        assertThat(Rfc3339.text(Instant.MAX)).isEqualTo(Instant.MAX.toString());
    }
}
