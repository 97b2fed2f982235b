package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

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

    @Test
    void theFarthestTimesAreWrittenToo() {
        assertThat(Rfc3339.text(Instant.MIN)).isEqualTo(Instant.MIN.toString());
        assertThat(Rfc3339.text(Instant.MAX)).isEqualTo(Instant.MAX.toString());
    }
}
