package io.kagu.bench.pipeline;

import io.kagu.bench.core.Comparison;
import io.kagu.bench.core.ComparisonTable;
import io.kagu.bench.core.Run;
import io.kagu.bench.core.Verdict;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a pipeline benchmark found.
 *
 * @param halfRate jobs per second of the latency at half of Kagu's maximum
 */
public record PipelineReport(
        MachineFacts machine, PipelineConfig config, double halfRate, List<Run> runs) {

    public PipelineReport {
        runs = List.copyOf(runs);
    }

    /** Medians of both sides. */
    public Comparison comparison() {
        return Comparison.of(runs);
    }

    /** The targets, each reached or missed. */
    public List<Verdict> verdicts() {
        return Verdict.of(comparison());
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d jobs of %d bytes, %d calls at a time, %d repeats; fixed rate %d/s,"
                                + " half load %.0f/s",
                        config.jobs(),
                        PipelineConfig.BODY_BYTES,
                        config.slots(),
                        config.repeats(),
                        config.rate(),
                        halfRate));
        lines.add(machine.line());
        lines.add("");
        lines.addAll(ComparisonTable.lines(comparison()));
        lines.add("");
        verdicts().forEach(verdict -> lines.add(verdict.line()));
        return lines;
    }

    /** For machines: every run, the medians and the verdicts. */
    public byte[] json() {
        return Json.write(
                new Document(machine, config, halfRate, runs, comparison().rows(), verdicts()));
    }

    private record Document(
            MachineFacts machine,
            PipelineConfig config,
            double halfRate,
            List<Run> runs,
            List<Comparison.Row> medians,
            List<Verdict> verdicts) {}
}
