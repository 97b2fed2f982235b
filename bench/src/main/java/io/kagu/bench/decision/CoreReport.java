package io.kagu.bench.decision;

import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the core benchmark found.
 *
 * @param decisions what a decision costs, for each size
 * @param ranks what a position costs, for each size
 */
public record CoreReport(CoreConfig config, List<Cost> decisions, List<Cost> ranks) {

    private static final double LEAST_PER_SECOND = 200_000;
    private static final int TARGET_WAITING = 100_000;
    private static final int TARGET_GPUS = 100;
    private static final int RANK_WAITING = 1_000_000;
    private static final double MOST_RANK_NANOS = 10_000;

    public CoreReport {
        decisions = List.copyOf(decisions);
        ranks = List.copyOf(ranks);
    }

    /** The targets that what was measured can tell of, each reached or missed. */
    public List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        slowestAtTarget().map(CoreReport::fastEnough).ifPresent(verdicts::add);
        Growth.of(decisions).stream()
                .max(Comparator.comparingDouble(Growth::ratio))
                .map(CoreReport::growsSlowly)
                .ifPresent(verdicts::add);
        ranks.stream()
                .filter(cost -> cost.size().waiting() == RANK_WAITING)
                .max(Comparator.comparingDouble(Cost::nanos))
                .map(CoreReport::ranksFast)
                .ifPresent(verdicts::add);
        return verdicts;
    }

    private Optional<Cost> slowestAtTarget() {
        return decisions.stream()
                .filter(cost -> cost.size().waiting() == TARGET_WAITING)
                .filter(cost -> cost.size().gpus() == TARGET_GPUS)
                .max(Comparator.comparingDouble(Cost::nanos));
    }

    private static Verdict fastEnough(Cost cost) {
        return new Verdict(
                String.format(
                        Locale.ROOT,
                        "%,.0f decisions/s with %,d jobs waiting, %,d GPUs and %,d tenants (target:"
                                + " at least %,.0f)",
                        cost.perSecond(),
                        cost.size().waiting(),
                        cost.size().gpus(),
                        cost.size().tenants(),
                        LEAST_PER_SECOND),
                cost.perSecond() >= LEAST_PER_SECOND);
    }

    private static Verdict ranksFast(Cost cost) {
        return new Verdict(
                String.format(
                        Locale.ROOT,
                        "the position of one of %,d waiting jobs is known in %,.0f ns (target: less"
                                + " than %,.0f)",
                        cost.size().waiting(),
                        cost.nanos(),
                        MOST_RANK_NANOS),
                cost.nanos() < MOST_RANK_NANOS);
    }

    private static Verdict growsSlowly(Growth growth) {
        return new Verdict(
                String.format(
                        Locale.ROOT,
                        "the longest backlog makes a decision %.2f +- %.2f times as long, at worst,"
                                + " with %,d GPUs and %,d tenants (target: log n, at most %.2f)",
                        growth.ratio(),
                        growth.noise(),
                        growth.size().gpus(),
                        growth.size().tenants(),
                        growth.bound()),
                growth.ratio() <= growth.bound());
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "one decision: a call ends, its slot is granted to the next job, the ended job is"
                        + " submitted again;");
        lines.add(
                "rows are made anew from a few numbers when they are looked up, which is part of"
                        + " each figure;");
        lines.add("a grant: the middle part alone, which chooses job and GPU and makes it true");
        lines.add("");
        lines.addAll(decisionTable().lines());
        lines.add("");
        lines.addAll(rankTable().lines());
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private TextTable decisionTable() {
        List<String> header = new ArrayList<>(header("decisions/s"));
        header.addAll(List.of("grants/s", "grant ns"));
        TextTable table = new TextTable().row(header);
        for (Cost cost : decisions) {
            List<String> row = new ArrayList<>(row(cost));
            row.addAll(List.of(number(cost.grantsPerSecond()), number(cost.grantNanos())));
            table.row(row);
        }
        return table;
    }

    private TextTable rankTable() {
        TextTable table = new TextTable().row(header("positions/s"));
        ranks.forEach(cost -> table.row(row(cost)));
        return table;
    }

    private static List<String> header(String rate) {
        return List.of("GPUs", "tenants", "waiting", rate, "ns", "+-", "bytes");
    }

    private static List<String> row(Cost cost) {
        return List.of(
                number(cost.size().gpus()),
                number(cost.size().tenants()),
                number(cost.size().waiting()),
                number(cost.perSecond()),
                number(cost.nanos()),
                number(cost.error()),
                number(cost.bytes()));
    }

    /** For machines. */
    public byte[] json() {
        return Json.write(new Document(config, decisions, ranks, verdicts()));
    }

    private record Document(
            CoreConfig config, List<Cost> decisions, List<Cost> ranks, List<Verdict> verdicts) {}

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
