package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.Finding;
import io.kagu.bench.chaos.core.Incident;
import io.kagu.bench.chaos.core.Recovery.Pauses;
import io.kagu.bench.core.Median;
import io.kagu.bench.core.TextTable;
import io.kagu.bench.core.Verdict;
import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a chaos run found. */
public record ChaosReport(
        MachineFacts machine,
        ChaosConfig config,
        List<Incident> incidents,
        List<Finding> findings,
        Figures figures) {

    private static final double MOST_TAKEOVER_SECONDS = 10;
    private static final double MOST_PAUSE_SECONDS = 3;
    private static final double LEAST_RATIO = 0.85;
    private static final int VIOLATIONS_SHOWN = 5;

    public ChaosReport {
        incidents = List.copyOf(incidents);
        findings = List.copyOf(findings);
    }

    /**
     * The measured ones.
     *
     * @param takeovers seconds from each kill of an owner to the first new call of its pools
     * @param scaleIns of the pools of each owner that stopped cleanly
     * @param scaleOuts of any pool while each of these replicas came back
     * @param before jobs per second in each window before the faults
     * @param after and after them
     * @param spilled calls that an owner gave to another replica
     */
    public record Figures(
            List<Double> takeovers,
            Pauses scaleIns,
            Pauses scaleOuts,
            List<Double> before,
            List<Double> after,
            long spilled) {

        public Figures {
            takeovers = List.copyOf(takeovers);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        double ratio() {
            return Median.of(after) / Median.of(before);
        }
    }

    /** Whether every guarantee held. */
    public boolean held() {
        return findings.stream().allMatch(Finding::held);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "seed %d: %d jobs under %d faults of %d kinds"
                        .formatted(
                                config.seed(),
                                config.jobs(),
                                incidents.size(),
                                incidents.stream().map(Incident::kind).distinct().count()));
        lines.add("%d calls were spilled to another replica".formatted(figures.spilled()));
        lines.add(machine.line());
        lines.add("");
        lines.addAll(faultTable());
        lines.add("");
        lines.addAll(findingTable());
        findings.forEach(finding -> lines.addAll(details(finding)));
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    private List<String> faultTable() {
        TextTable table = new TextTable().row(List.of("fault", "times"));
        Arrays.stream(FaultKind.values())
                .forEach(kind -> {
                    long times = incidents.stream().filter(i -> i.kind() == kind).count();
                    table.row(List.of(kind.word(), Long.toString(times)));
                });
        return table.lines();
    }

    private List<String> findingTable() {
        TextTable table =
                new TextTable().row(List.of("guarantee", "checked", "explained", "violations"));
        for (Finding finding : findings) {
            long explained = finding.explained().values().stream().mapToLong(Long::longValue).sum();
            table.row(
                    List.of(
                            finding.guarantee(),
                            Long.toString(finding.checked()),
                            Long.toString(explained),
                            Integer.toString(finding.violations().size())));
        }
        return table.lines();
    }

    private static List<String> details(Finding finding) {
        List<String> lines = new ArrayList<>();
        finding.explained()
                .forEach((reason, count) ->
                        lines.add("  %s: %d %s".formatted(finding.guarantee(), count, reason)));
        finding.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> lines.add("  VIOLATED " + violation));
        return lines;
    }

    /** Each target, reached or missed. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(new Verdict("every guarantee held", held()));
        if (config.kinds().contains(FaultKind.KILL_DISPATCHER)) {
            verdicts.add(
                    below(
                            "first new call after kill -9 of an owner",
                            figures.takeovers(),
                            MOST_TAKEOVER_SECONDS));
        }
        if (config.kinds().contains(FaultKind.STOP_DISPATCHER)) {
            verdicts.add(pause("longest pause at a clean scale-in", figures.scaleIns()));
            verdicts.add(pause("longest pause at the scale-out after it", figures.scaleOuts()));
        }
        verdicts.add(
                new Verdict(
                        "throughput after the run is %s of that before: jobs/s %s, then %s (target: at least %.2f)"
                                .formatted(
                                        number(figures.ratio()),
                                        numbers(figures.before()),
                                        numbers(figures.after()),
                                        LEAST_RATIO),
                        figures.ratio() >= LEAST_RATIO));
        return verdicts;
    }

    private static Verdict below(String what, List<Double> seconds, double most) {
        return new Verdict(
                "%s: %s s (target: below %.0f s)".formatted(what, numbers(seconds), most),
                !seconds.isEmpty() && seconds.stream().allMatch(each -> each < most));
    }

    private static Verdict pause(String what, Pauses pauses) {
        String apart =
                pauses.brokerAway().isEmpty()
                        ? ""
                        : " (a broker was away, not judged: %s s)"
                                .formatted(numbers(pauses.brokerAway()));
        return below(what + apart, pauses.judged(), MOST_PAUSE_SECONDS);
    }

    private static String numbers(List<Double> values) {
        return values.isEmpty()
                ? "none seen,"
                : values.stream().map(ChaosReport::number).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** For machines: every incident, finding and figure. */
    public byte[] json() {
        return Json.write(new Document(machine, config, incidents, findings, figures, verdicts()));
    }

    private record Document(
            MachineFacts machine,
            ChaosConfig config,
            List<Incident> incidents,
            List<Finding> findings,
            Figures figures,
            List<Verdict> verdicts) {}
}
