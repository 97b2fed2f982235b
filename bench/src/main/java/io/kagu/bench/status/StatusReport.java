package io.kagu.bench.status;

import io.kagu.bench.core.Latency.Spread;
import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;
import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.bench.status.core.Answerer;
import io.kagu.bench.status.core.HeldPolls;
import io.kagu.bench.status.core.LoadResult;
import io.kagu.bench.status.core.Question;
import io.kagu.bench.status.core.StatusFigures;
import io.kagu.bench.status.core.Turn;
import io.kagu.bench.status.core.Visibility;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark of the status-api found.
 *
 * @param generator what made the load
 */
public record StatusReport(
        MachineFacts machine,
        StatusBenchConfig config,
        String generator,
        StatusFigures figures,
        HeldPolls held) {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MIB = 1 << 20;

    /** One load, for people who wait. */
    static String line(Turn turn) {
        return String.format(
                Locale.ROOT,
                "%s, %s, repeat %d: %,.0f/s, p50 %.2f ms, p99 %.2f ms",
                turn.question().title(),
                title(turn.answerer()),
                turn.repeat(),
                turn.result().perSecond(),
                ms(turn.result().p50Micros()),
                ms(turn.result().p99Micros()));
    }

    private static String title(Answerer answerer) {
        return switch (answerer) {
            case CONSTANT -> "a constant";
            case SMALL_STORE -> "small store";
            case LARGE_STORE -> "large store";
            case LARGE_STORE_AS_SHIPPED -> "large store, default heap";
        };
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "stores of %,d and %,d jobs; %d connections of %s; medians of %d loads of"
                                + " %d s, in turn",
                        config.small(),
                        config.large(),
                        config.connections(),
                        generator,
                        config.repeats(),
                        config.seconds()));
        lines.add(machine.line());
        lines.add("");
        lines.addAll(table().lines());
        lines.add("");
        lines.add(visibilityLine());
        lines.add(heldLine());
        lines.add("");
        figures.verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private TextTable table() {
        TextTable table =
                new TextTable().row(List.of("median of", "who", "answers/s", "p50 ms", "p99 ms"));
        for (Question question : Question.values()) {
            for (Answerer answerer : Answerer.values()) {
                figures.median(question, answerer)
                        .ifPresent(result -> table.row(row(question, answerer, result)));
            }
        }
        return table;
    }

    private static List<String> row(Question question, Answerer answerer, LoadResult result) {
        return List.of(
                question.title(),
                title(answerer),
                text("%,.0f", result.perSecond()),
                text("%.2f", ms(result.p50Micros())),
                text("%.2f", ms(result.p99Micros())));
    }

    private String visibilityLine() {
        return String.format(
                Locale.ROOT,
                "%,.0f jobs/s, %,d watched: accepted is seen after %s, the response after %s",
                figures.visibility().jobsPerSecond(),
                figures.visibility().samples(),
                spread(figures.visibility().accepted()),
                spread(figures.visibility().ended()));
    }

    private static String spread(Spread spread) {
        return String.format(Locale.ROOT, "%.1f ms (p99 %.1f)", ms(spread.p50()), ms(spread.p99()));
    }

    private String heldLine() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d long polls held, resident memory %.0f MiB before and %.0f with them;"
                        + " %,.0f answers/s by id meanwhile, p99 %.2f ms",
                held.held(),
                held.asked(),
                held.rssBeforeBytes() / MIB,
                held.rssBytes() / MIB,
                held.byId().perSecond(),
                ms(held.byId().p99Micros()));
    }

    /** For machines: every load, the medians and the verdicts. */
    public byte[] json() {
        return Json.write(
                new Document(
                        machine,
                        config,
                        generator,
                        figures.turns(),
                        figures.visibility(),
                        held,
                        figures.ofConstant(),
                        figures.verdicts()));
    }

    private record Document(
            MachineFacts machine,
            StatusBenchConfig config,
            String generator,
            List<Turn> turns,
            Visibility visibility,
            HeldPolls held,
            double ofConstant,
            List<Verdict> verdicts) {}

    private static double ms(long micros) {
        return micros / MICROS_PER_MILLI;
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
