package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

class WaitEstimateTest {

    @Test
    void aBusyPoolIsJudgedByItsMeasuredRate() {
        assertThat(WaitEstimate.timeFor(10, Statuses.measured(10, 2.0, 100)))
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void anIdlePoolIsJudgedByItsSlotsAndTheTimeOfACall() {
        assertThat(WaitEstimate.timeFor(6, Statuses.measured(0, 0.01, 1000)))
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void aBusyPoolThatEndedNothingYetIsJudgedByTheTimeOfACall() {
        assertThat(WaitEstimate.timeFor(6, Statuses.measured(6, 0, 1000)))
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void withoutAnyMeasurementThereIsNoEstimate() {
        assertThat(WaitEstimate.timeFor(6, Statuses.measured(6, 0, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "59500, 60", "60000, 60", "3600000, 60"})
    void theTimeToComeBackIsWholeSecondsFromOneToSixty(long millis, int seconds) {
        assertThat(WaitEstimate.retryAfterSeconds(Optional.of(Duration.ofMillis(millis)), 30))
                .isEqualTo(seconds);
    }

    @Test
    void withoutAnEstimateTheCallersDefaultStands() {
        assertThat(WaitEstimate.retryAfterSeconds(Optional.empty(), 30)).isEqualTo(30);
    }
}
