package io.kagu.bench.routing;

import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the routing benchmark found in one scenario. */
public record RoutingReport(Scenario scenario, int seeds, List<Standing> standings) {

    public RoutingReport {
        standings = List.copyOf(standings);
    }

    /** For each figure that is a target: whether Kagu is ahead of all others. */
    public List<Verdict> verdicts() {
        return Arrays.stream(Measure.values()).filter(Measure::target).map(this::verdict).toList();
    }

    private Verdict verdict(Measure measure) {
        Standing best = best(other -> other != Contender.KAGU, measure);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s at load %.2f: %.1f s, best other %.1f s (%s)",
                        measure.title(),
                        scenario.load(),
                        kagu().of(measure),
                        best.of(measure),
                        best.contender().title());
        return new Verdict(text, kagu().of(measure) < best.of(measure));
    }

    private Standing kagu() {
        return standings.stream()
                .filter(standing -> standing.contender() == Contender.KAGU)
                .findFirst()
                .orElseThrow();
    }

    private Standing best(Predicate<Contender> among, Measure measure) {
        return standings.stream()
                .filter(standing -> among.test(standing.contender()))
                .min(Comparator.comparingDouble(standing -> standing.of(measure)))
                .orElseThrow();
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "load %.2f, %d GPUs, %d jobs; seconds, medians of %d seeds",
                        scenario.load(),
                        scenario.gpus(),
                        scenario.jobs(),
                        seeds));
        lines.add("");
        lines.addAll(table().lines());
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private TextTable table() {
        TextTable table = new TextTable().row(row("", Measure::title));
        for (Standing standing : standings) {
            table.row(row(standing.contender().title(), m -> number("%.1f", standing.of(m))));
        }
        table.row(row("kagu / best usual", m -> number("%.2f", ratio(Contender::usual, m))));
        return table.row(
                row("kagu / best by lane", m -> number("%.2f", ratio(Contender::byLane, m))));
    }

    private static List<String> row(String name, Function<Measure, String> cell) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        Arrays.stream(Measure.values()).map(cell).forEach(cells::add);
        return cells;
    }

    private double ratio(Predicate<Contender> among, Measure measure) {
        return kagu().of(measure) / best(among, measure).of(measure);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
