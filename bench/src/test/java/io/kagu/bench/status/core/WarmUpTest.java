package io.kagu.bench.status.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WarmUpTest {

    private final WarmUp warmUp = new WarmUp();

    private boolean overAfter(long... figures) {
        for (long figure : figures) {
            assertThat(warmUp.over()).isFalse();
            warmUp.took(figure);
        }
        return warmUp.over();
    }

    @Test
    void itGoesOnWhileRoundsGetQuicker() {
        assertThat(overAfter(1_885, 470, 331, 195, 156, 73)).isFalse();
    }

    @Test
    void oneRoundThatIsNoQuickerMayBeChance() {
        assertThat(overAfter(1_000, 500, 495)).isFalse();
        assertThat(overAfter(300, 299)).isFalse();
    }

    @Test
    void itIsOverAfterTwoThatAreHardlyQuicker() {
        assertThat(overAfter(1_000, 500, 495, 470)).isTrue();
    }

    @Test
    void aTenthLessThanTheQuickestIsQuicker() {
        assertThat(overAfter(1_000, 1_000, 899, 899)).isFalse();
        assertThat(overAfter(810)).isTrue();
    }

    @Test
    void whatNeverSettlesEndsAllTheSame() {
        for (int round = 0; round < 19; round++) {
            assertThat(overAfter(1L << (40 - round))).isFalse();
        }
        assertThat(overAfter(1)).isTrue();
    }
}
