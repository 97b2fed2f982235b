package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

class RetryAfterTest {

    private static final long NOW = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static OptionalLong read(String value) {
        return RetryAfter.millis(value, NOW, Duration.ofSeconds(60));
    }

    @Test
    void secondsAreRead() {
        assertThat(read(" 12 ")).hasValue(12_000);
        assertThat(read("0")).hasValue(0);
    }

    @Test
    void aDateIsReadAgainstNow() {
        assertThat(read("Thu, 01 Jan 2026 00:00:30 GMT")).hasValue(30_000);
    }

    @Test
    void aPastDateMeansAtOnce() {
        assertThat(read("Wed, 01 Jan 2025 00:00:30 GMT")).hasValue(0);
    }

    @Test
    void nothingIsLongerThanTheBound() {
        assertThat(read("999999999")).hasValue(60_000);
        assertThat(read("Fri, 01 Jan 2027 00:00:30 GMT")).hasValue(60_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void everythingElseIsIgnored(String value) {
        assertThat(read(value)).isEmpty();
    }
}
