package io.kagu.bench.chaos.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    void thePauseIsTheLongestTimeWithoutANewCall() {
        Evidence evidence =
                new Story()
                        .called("a", 1, 1_100, 1_150)
                        .called("b", 1, 2_600, 2_650)
                        .called("c", 1, 2_700, 2_750)
                        .happened(FaultKind.STOP_DISPATCHER, "dispatcher-0", 1_000, 9_000)
                        .evidence();

        assertThat(new Recovery(evidence).pauses()).containsExactly(1.5);
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
