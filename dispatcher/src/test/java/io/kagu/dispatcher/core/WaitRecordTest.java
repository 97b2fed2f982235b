package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.kagu.common.job.WaitEstimate;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How foretold waits are compared with what came. */
class WaitRecordTest {

    private static final long NOW = PoolRig.START;
    private static final WaitEstimate TWO_TO_FOUR = new WaitEstimate(2, 4);
    private static final Offset<Double> EXACT = within(1e-9);

    private final WaitRecord record = new WaitRecord();

    @Test
    void nothingIsKnownBeforeTheFirstSample() {
        assertThat(record.accuracy()).isEmpty();
        assertThat(record.corrected(TWO_TO_FOUR)).isEqualTo(TWO_TO_FOUR);
        record.started("nobody", NOW);
        assertThat(record.accuracy()).isEmpty();
    }

    @Test
    void theFirstSampleCountsWhole() {
        came(1_000, TWO_TO_FOUR);

        assertThat(record.accuracy()).contains(new WaitAccuracy(1, 1, 1, 0.5));
        assertThat(record.corrected(TWO_TO_FOUR)).isEqualTo(new WaitEstimate(1, 2));
    }

    @Test
    void whatIsToldIsJudgedWithItsCorrection() {
        came(1_000, TWO_TO_FOUR);
        came(3_000, TWO_TO_FOUR);

        assertThat(accuracy().samples()).isEqualTo(2);
        assertThat(accuracy().error()).isCloseTo((1 + 2.0 / 3) / 2, EXACT);
        assertThat(accuracy().p90Covered()).isEqualTo(0.5);
        assertThat(accuracy().correction()).isCloseTo((0.5 + 1.5) / 2, EXACT);
    }

    @Test
    void aWaitAsLongAsNineOfTenIsCovered() {
        came(4_000, TWO_TO_FOUR);

        assertThat(accuracy().p90Covered()).isEqualTo(1);
    }

    @Test
    void aLateSampleCountsAFiftieth() {
        for (int i = 0; i < 99; i++) {
            came(2_000, TWO_TO_FOUR);
        }
        assertThat(record.accuracy()).contains(new WaitAccuracy(99, 0, 1, 1));

        came(8_000, TWO_TO_FOUR);

        assertThat(accuracy().error()).isCloseTo(0.02 * 0.75, EXACT);
        assertThat(accuracy().p90Covered()).isCloseTo(0.98, EXACT);
        assertThat(accuracy().correction()).isCloseTo(1 + 0.02 * 3, EXACT);
    }

    @Test
    void noSampleCorrectsByMoreThanFour() {
        came(100_000, TWO_TO_FOUR);
        assertThat(accuracy().correction()).isEqualTo(4);

        WaitRecord other = new WaitRecord();
        other.foretold("job", TWO_TO_FOUR, NOW);
        other.started("job", NOW);
        assertThat(other.accuracy().orElseThrow().correction()).isEqualTo(0.25);
    }

    @Test
    void aTenthOfASecondIsTheLeastThatIsCompared() {
        came(0, WaitEstimate.NONE);
        assertThat(record.accuracy()).contains(new WaitAccuracy(1, 0, 1, 1));

        came(0, new WaitEstimate(0.2, 1));
        assertThat(accuracy().error()).isCloseTo(2.0 / 2, EXACT);
        assertThat(accuracy().correction()).isCloseTo((1 + 0.5) / 2, EXACT);
    }

    @Test
    void aJobThatLeavesOtherwiseIsNoSample() {
        record.foretold("job", TWO_TO_FOUR, NOW);
        record.forget("job");
        record.started("job", NOW + 1_000);

        assertThat(record.accuracy()).isEmpty();
    }

    @Test
    void tenSamplesASecondAreEnough() {
        assertThat(record.wants(0)).isTrue();
        record.foretold("job", TWO_TO_FOUR, NOW);

        assertThat(record.wants(NOW + 99)).isFalse();
        assertThat(record.wants(NOW + 100)).isTrue();
    }

    @Test
    void noMoreThanTenThousandAreOpen() {
        for (int i = 0; i < 9_999; i++) {
            record.foretold("job-" + i, TWO_TO_FOUR, NOW);
        }
        assertThat(record.wants(NOW + 100)).isTrue();
        record.foretold("last", TWO_TO_FOUR, NOW);
        assertThat(record.wants(NOW + 100)).isFalse();

        record.forget("job-0");
        assertThat(record.wants(NOW + 100)).isTrue();
    }

    private void came(long millis, WaitEstimate foretold) {
        record.foretold("job", foretold, NOW);
        record.started("job", NOW + millis);
    }

    private WaitAccuracy accuracy() {
        return record.accuracy().orElseThrow();
    }
}
