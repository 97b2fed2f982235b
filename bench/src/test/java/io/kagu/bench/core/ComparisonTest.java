package io.kagu.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.bench.core.Latency.Spread;

import org.junit.jupiter.api.Test;

import java.util.List;

class ComparisonTest {

    @Test
    void mediansOfBothSidesAreComparedFigureByFigure() {
        Comparison comparison =
                Comparison.of(
                        List.of(
                                run(Side.KAGU, 400, 4_000),
                                run(Side.BARE, 1_000, 2_000),
                                run(Side.KAGU, 10, 90_000),
                                run(Side.BARE, 900, 1_500),
                                run(Side.KAGU, 420, 4_500),
                                run(Side.BARE, 1_100, 2_500)));

        Comparison.Row throughput = comparison.row(Metric.JOBS_PER_SECOND);
        assertThat(throughput.kagu()).isEqualTo(400);
        assertThat(throughput.bare()).isEqualTo(1_000);
        assertThat(throughput.ratio()).isEqualTo(0.4);
        assertThat(comparison.row(Metric.FIXED_CALL_P50).difference()).isEqualTo(2.5);
    }

    @Test
    void targetsAreReachedAtTheirBoundAndMissedBeyondIt() {
        assertThat(Verdict.of(of(350, 1_000, 4_000, 1_000))).allMatch(Verdict::met);
        assertThat(Verdict.of(of(349, 1_000, 4_001, 1_000))).noneMatch(Verdict::met);
    }

    @Test
    void aVerdictSaysByHowMuch() {
        assertThat(Verdict.of(of(500, 1_000, 4_500, 1_000)))
                .extracting(Verdict::line)
                .containsExactly(
                        "reached: throughput is 0.50 of the bare loop's (target: at least 0.35)",
                        "MISSED:  a call begins 3.50 ms later than the bare loop's (target: at"
                                + " most 3 ms)");
    }

    @Test
    void theTableHasOneAlignedLineForEachFigure() {
        List<String> lines = ComparisonTable.lines(of(500, 1_000, 4_500, 1_000));

        assertThat(lines).hasSize(Metric.values().length + 1);
        assertThat(lines.get(0))
                .isEqualTo("median of                              kagu  bare loop          ratio");
        assertThat(lines.get(1))
                .isEqualTo("throughput at saturation                500       1000  jobs/s   0.50");
        assertThat(lines.get(3))
                .isEqualTo("fixed rate: submit to call p50         4.50       1.00  ms       4.50");
    }

    @Test
    void aFigureThatTheSystemDoesNotTellHasNoRatio() {
        assertThat(ComparisonTable.lines(of(1, 1, 1, 1)).getLast()).endsWith("MiB         -");
    }

    private static Comparison of(double kaguRate, double bareRate, long kaguCall, long bareCall) {
        return Comparison.of(
                List.of(run(Side.KAGU, kaguRate, kaguCall), run(Side.BARE, bareRate, bareCall)));
    }

    private static Run run(Side side, double rate, long call) {
        Latency latency = new Latency(new Spread(call, 9_000), new Spread(9_000, 9_000));
        return new Run(side, 1, rate, 100, latency, latency, 1 << 20, 0);
    }
}
