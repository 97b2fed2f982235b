package io.kagu.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The repeats of the benchmark of busy GPUs and their medians, for people.
 *
 * @param mostCallsPerSecond what slots that are always busy would do
 */
public record BusyTable(List<BusyRun> runs, double mostCallsPerSecond) {

    private static final double MICROS_PER_MILLI = 1_000;

    public BusyTable {
        runs = List.copyOf(runs);
    }

    /** One column of numbers. */
    private record Column(String title, String format, ToDoubleFunction<BusyRun> value) {

        String cell(double number) {
            return String.format(Locale.ROOT, format, number);
        }
    }

    /** The median of the busy shares. */
    public double medianShare() {
        return median(BusyRun::busyShare);
    }

    /** A line for each repeat, and the medians. */
    public List<String> lines() {
        TextTable table = new TextTable();
        table.row(row("", columns().stream().map(Column::title)));
        for (BusyRun run : runs) {
            table.row(
                    row(
                            "repeat " + run.repeat(),
                            columns().stream()
                                    .map(each -> each.cell(each.value().applyAsDouble(run)))));
        }
        table.row(row("median", columns().stream().map(each -> each.cell(median(each.value())))));
        return table.lines();
    }

    private List<Column> columns() {
        return List.of(
                new Column("cold", "%.4f", BusyRun::coldShare),
                new Column("busy", "%.4f", BusyRun::busyShare),
                new Column("calls/s", "%.1f", BusyRun::callsPerSecond),
                new Column("of most", "%.4f", run -> run.callsPerSecond() / mostCallsPerSecond),
                new Column("call p50 ms", "%.1f", run -> millis(run.call().p50())),
                new Column("gap p50 ms", "%.1f", run -> millis(run.gap().p50())),
                new Column("gap p99 ms", "%.1f", run -> millis(run.gap().p99())),
                new Column("cores", "%.2f", BusyRun::cores),
                new Column("load", "%.1f", BusyRun::loadAverage));
    }

    private static double millis(long micros) {
        return micros / MICROS_PER_MILLI;
    }

    private double median(ToDoubleFunction<BusyRun> value) {
        return Median.of(runs.stream().mapToDouble(value).boxed().toList());
    }

    private static List<String> row(String name, Stream<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        cells.forEach(row::add);
        return row;
    }
}
