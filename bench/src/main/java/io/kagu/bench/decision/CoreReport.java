package io.kagu.bench.decision;

import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the core benchmark found. */
public record CoreReport(CoreConfig config, List<DecisionCost> costs) {

    private static final double LEAST_PER_SECOND = 200_000;
    private static final int TARGET_WAITING = 100_000;
    private static final int TARGET_GPUS = 100;

    public CoreReport {
        costs = List.copyOf(costs);
    }

    /** The targets that what was measured can tell of, each reached or missed. */
    public List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        slowestAtTarget().map(CoreReport::fastEnough).ifPresent(verdicts::add);
        Growth.of(costs).stream()
                .max(Comparator.comparingDouble(Growth::ratio))
                .map(CoreReport::growsSlowly)
                .ifPresent(verdicts::add);
        return verdicts;
    }

    private Optional<DecisionCost> slowestAtTarget() {
        return costs.stream()
                .filter(cost -> cost.size().waiting() == TARGET_WAITING)
                .filter(cost -> cost.size().gpus() == TARGET_GPUS)
                .max(Comparator.comparingDouble(DecisionCost::nanos));
    }

    private static Verdict fastEnough(DecisionCost cost) {
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
        lines.add("the rows live in a hash map, whose cost is part of each figure");
        lines.add("");
        lines.addAll(table().lines());
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private TextTable table() {
        TextTable table =
                new TextTable()
                        .row(
                                List.of(
                                        "GPUs",
                                        "tenants",
                                        "waiting",
                                        "decisions/s",
                                        "ns",
                                        "+-",
                                        "bytes"));
        for (DecisionCost cost : costs) {
            table.row(
                    List.of(
                            number(cost.size().gpus()),
                            number(cost.size().tenants()),
                            number(cost.size().waiting()),
                            number(cost.perSecond()),
                            number(cost.nanos()),
                            number(cost.error()),
                            number(cost.bytes())));
        }
        return table;
    }

    /** For machines. */
    public byte[] json() {
        return Json.write(new Document(config, costs, verdicts()));
    }

    private record Document(CoreConfig config, List<DecisionCost> costs, List<Verdict> verdicts) {}

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
