package io.kagu.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class BusyTableTest {

    @Test
    void theLastLineHasTheMedians() {
        BusyTable table = new BusyTable(List.of(run(1, 0.5), run(2, 0.98), run(3, 0.96)), 160);

        assertThat(table.medianShare()).isEqualTo(0.96);
        assertThat(table.lines()).hasSize(5);
        assertThat(table.lines().get(1)).startsWith("repeat 1  0.2500  0.5000     80.0   0.5000");
        assertThat(table.lines().getLast())
                .isEqualTo(
                        "median    0.4800  0.9600    153.6   0.9600        200.5         3.0       "
                                + " 12.5   0.25   1.5");
    }

    @Test
    void theTargetIsReachedByTheWholeShare() {
        assertThat(Verdict.ofBusyShare(0.97).met()).isTrue();
        assertThat(Verdict.ofBusyShare(0.9699).line())
                .isEqualTo(
                        "MISSED:  GPUs are busy for 0.9699 of slots x time (target: at least"
                                + " 0.97)");
    }

    private static BusyRun run(int repeat, double share) {
        Latency.Spread call = new Latency.Spread(200_500, 203_000);
        Latency.Spread gap = new Latency.Spread(3_000, 12_500);
        return new BusyRun(repeat, share, share / 2, 160 * share, call, gap, 0.25, 1.5);
    }
}
