package io.kagu.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison in plain text, one line for each figure. */
public final class ComparisonTable {

    private ComparisonTable() {}

    /** Its lines, the heading first. */
    public static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(line("median of", "kagu", "bare loop", "", "ratio"));
        for (Comparison.Row row : comparison.rows()) {
            lines.add(
                    line(
                            row.metric().title(),
                            number(row.kagu()),
                            number(row.bare()),
                            row.metric().unit(),
                            Double.isNaN(row.ratio()) ? "-" : text("%.2f", row.ratio())));
        }
        return lines;
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-32s %10s %10s  %-6s %6s", cells).stripTrailing();
    }

    /** Three digits at least, and none that the noise swallows. */
    private static String number(double value) {
        final double large = 100;
        return value >= large ? text("%.0f", value) : text("%.2f", value);
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
