package io.kagu.bench.chaos.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class RecoveryTest {

    @Test
    void aTakeoverLastsUntilTheFirstNewCall() {
        Evidence evidence =
                new Story()
                        .called("a", 1, 990, 1_050)
                        .called("b", 1, 8_000, 8_050)
                        .happened(FaultKind.KILL_DISPATCHER, "dispatcher-0", 1_000, 13_000)
                        .evidence();

        assertThat(new Recovery(evidence).takeovers()).containsExactly(7.0);
    }

    @Test
    void aScaleInPausesForTheLongestTimeWithoutANewCallThatBeginsBeforeTheReplicaComesBack() {
        Recovery recovery =
                new Recovery(
                        stopped()
                                .called("a", 1, 1_100, 1_150)
                                .called("b", 1, 2_600, 2_650)
                                .called("c", 1, 8_000, 8_050)
                                .called("d", 1, 15_500, 15_550)
                                .called("e", 1, 16_500, 16_550)
                                .evidence());

        assertThat(recovery.scaleIns().judged()).containsExactly(7.5);
        assertThat(recovery.scaleOuts().judged()).containsExactly(6.5);
    }

    @Test
    void aPauseCountsFromWhenAJobWaits() {
        Recovery recovery =
                new Recovery(
                        stopped()
                                .called("a", 1, 1_100, 1_150)
                                .queued("b", 5_000)
                                .queued("c", 4_000)
                                .called("b", 1, 6_000, 6_050)
                                .called("c", 1, 6_100, 6_150)
                                .evidence());

        assertThat(recovery.scaleIns().judged()).containsExactly(2.0);
    }

    @Test
    void whereNoJobWaitsThereIsNoPause() {
        Recovery recovery = new Recovery(stopped().called("a", 1, 900, 950).evidence());

        assertThat(recovery.scaleIns().judged()).isEmpty();
        assertThat(recovery.scaleOuts().judged()).isEmpty();
    }

    @Test
    void aPauseInWhichABrokerWasAwayIsToldApart() {
        Recovery recovery =
                new Recovery(
                        stopped()
                                .happened(FaultKind.FREEZE_BROKER, "broker-1", 3_000, 4_000)
                                .called("a", 1, 2_000, 2_050)
                                .called("b", 1, 6_000, 6_050)
                                .called("c", 1, 7_000, 7_050)
                                .called("d", 1, 10_000, 10_050)
                                .evidence());

        assertThat(recovery.scaleIns().brokerAway()).containsExactly(4.0);
        assertThat(recovery.scaleIns().judged()).containsExactly(3.0);
    }

    /** Stopped at 1 s, started again at 9 s, ready at 12 s. */
    private static Story stopped() {
        Target target = new Target("dispatcher-0", List.of(Story.POOL), "");
        return new Story().happened(FaultKind.STOP_DISPATCHER, target, 1_000, 9_000, 12_000);
    }

    @Test
    void throughputIsThatOfOneCrowdOfJobs() {
        Evidence evidence =
                new Story()
                        .called("x.1", 1, 0, 500)
                        .called("x.2", 1, 500, 1_000)
                        .called("y.1", 1, 600, 9_000)
                        .evidence();

        assertThat(new Recovery(evidence).callsPerSecond("x")).isEqualTo(2.0);
    }
}
