package io.kagu.bench.soak;

import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;
import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.bench.soak.core.Sample;
import io.kagu.bench.soak.core.Trend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a long run found. */
public record SoakReport(
        MachineFacts machine, SoakConfig config, double seconds, List<Sample> samples) {

    private static final double MIB = 1 << 20;

    public SoakReport {
        samples = List.copyOf(samples);
    }

    /** One sample, for people who wait. */
    static String line(Sample sample) {
        return IntStream.range(0, Gauges.NAMES.size())
                .mapToObj(i -> Gauges.NAMES.get(i) + ' ' + mib(sample.figures().get(i)))
                .collect(Collectors.joining(", ", sample.jobs() + " jobs; MiB: ", ""));
    }

    /** How each figure went. */
    public List<Trend> trends() {
        return IntStream.range(0, Gauges.NAMES.size())
                .mapToObj(i -> Trend.of(Gauges.NAMES.get(i), i, samples))
                .toList();
    }

    /** Whether nothing grew that must not. */
    public boolean flat() {
        return verdicts().stream().allMatch(Verdict::met);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d jobs in %.0f s, %.0f a second, %d samples",
                        config.jobs(),
                        seconds,
                        config.jobs() / seconds,
                        samples.size()));
        lines.add(machine.line());
        lines.add("");
        TextTable table =
                new TextTable().row(List.of("MiB", "second quarter", "last quarter", "growth"));
        trends().forEach(trend -> table.row(row(trend)));
        lines.addAll(table.lines());
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private static List<String> row(Trend trend) {
        return List.of(
                trend.name(),
                mib(trend.second()),
                mib(trend.last()),
                String.format(Locale.ROOT, "%.2f", trend.growth()));
    }

    private List<Verdict> verdicts() {
        return trends().stream()
                .filter(trend -> !trend.name().equals(Gauges.GROWS_BY_DESIGN))
                .map(trend ->
                        new Verdict(
                                String.format(
                                        Locale.ROOT,
                                        "%s: %.2f of the second quarter's (target: at most %.2f)",
                                        trend.name(),
                                        trend.growth(),
                                        Trend.MOST_GROWTH),
                                trend.flat()))
                .toList();
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / MIB);
    }
}
