package io.kagu.bench.core;

import java.util.Arrays;
import java.util.List;

/**
 * Medians of both sides over all repeats. The machine may be busy or slow; as both sides ran in
 * turn, the ratios still hold.
 */
public record Comparison(List<Row> rows) {

    public Comparison {
        rows = List.copyOf(rows);
    }

    /** One figure of both sides. */
    public record Row(Metric metric, double kagu, double bare) {

        /** Kagu's figure by the bare loop's; not a number where the latter is 0. */
        public double ratio() {
            return bare == 0 ? Double.NaN : kagu / bare;
        }

        /** How much more Kagu's figure is, in the metric's unit. */
        public double difference() {
            return kagu - bare;
        }
    }

    /** Of runs of both sides. */
    public static Comparison of(List<Run> runs) {
        return new Comparison(
                Arrays.stream(Metric.values())
                        .map(m ->
                                new Row(m, median(runs, Side.KAGU, m), median(runs, Side.BARE, m)))
                        .toList());
    }

    /** The row of a figure. */
    public Row row(Metric metric) {
        return rows.stream().filter(row -> row.metric() == metric).findFirst().orElseThrow();
    }

    private static double median(List<Run> runs, Side side, Metric metric) {
        return Median.of(runs.stream().filter(run -> run.side() == side).map(metric::of).toList());
    }
}
