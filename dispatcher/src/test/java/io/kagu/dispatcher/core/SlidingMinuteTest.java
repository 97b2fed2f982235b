package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingMinuteTest {

    /** The beginning of a second that shares its bucket with no second near it. */
    private static final long START = 1_700_000_040_000L;

    private final SlidingMinute minute = new SlidingMinute(START);

    @Test
    void theRateIsOverTheTimeSinceCountingBegan() {
        count(30, START + 100);

        assertThat(minute.perSecond(START + 10_000)).isEqualTo(3);
        assertThat(minute.perSecond(START + 30_000)).isEqualTo(1);
    }

    @Test
    void lessThanASecondCountsAsOne() {
        count(3, START);

        assertThat(minute.perSecond(START)).isEqualTo(3);
        assertThat(minute.perSecond(START + 999)).isEqualTo(3);
    }

    @Test
    void aMinuteIsTheMostThatCounts() {
        count(60, START + 61_000);

        assertThat(minute.perSecond(START + 120_999)).isEqualTo(1);
        assertThat(minute.perSecond(START + 121_000)).isZero();
    }

    @Test
    void aSecondAMinuteLaterStartsFromNothing() {
        count(60, START + 5_000);
        count(30, START + 65_000);

        assertThat(minute.perSecond(START + 65_000)).isEqualTo(0.5);
    }

    @Test
    void secondsOfOneMinuteAddUp() {
        count(20, START + 1_000);
        count(20, START + 1_999);
        count(20, START + 2_000);

        assertThat(minute.perSecond(START + 60_000)).isEqualTo(1);
        assertThat(minute.perSecond(START + 61_000)).isEqualTo(20 / 60.0);
    }

    private void count(int times, long at) {
        for (int i = 0; i < times; i++) {
            minute.count(at);
        }
    }
}
