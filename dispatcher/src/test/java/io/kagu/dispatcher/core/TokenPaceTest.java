package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;

class TokenPaceTest {

    private static final long MINUTE = CallPace.MINUTE;

    private final TokenPace pace = TokenPace.under(OptionalInt.of(600), Optional.empty());

    @Test
    void callsLikeTheLatestOnesComeAsOftenAsTheirTokensAllow() {
        assertThat(pace.leastInterval()).isZero();
        began("one", 0, 100);
        began("two", 1_000, 300);

        assertThat(pace.leastInterval()).isEqualTo(20_000);
    }

    @Test
    void aCallOfAMinuteAgoIsForgotten() {
        began("one", 0, 100);
        began("two", MINUTE, 300);

        assertThat(pace.leastInterval()).isEqualTo(30_000);
        assertThat(pace.next(300)).isZero();
        assertThat(pace.next(301)).isEqualTo(2 * MINUTE);
    }

    @Test
    void withoutALimitNothingIsCounted() {
        TokenPace unlimited = TokenPace.under(OptionalInt.empty(), Optional.of(pace));
        unlimited.began(new CallBegun("alpha", 0, "one", 1, 1_000));

        assertThat(unlimited.leastInterval()).isZero();
        assertThat(unlimited.next(1_000_000)).isZero();
    }

    private void began(String job, long at, long tokens) {
        pace.began(new CallBegun("alpha", at, job, 1, tokens));
    }
}
