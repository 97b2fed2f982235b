package io.kagu.bench.pipeline;

import io.kagu.bench.core.BusyRun;
import io.kagu.bench.core.BusyTable;
import io.kagu.bench.core.Verdict;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark of busy GPUs found. */
public record BusyReport(MachineFacts machine, BusyConfig config, List<BusyRun> runs) {

    public BusyReport {
        runs = List.copyOf(runs);
    }

    /** The target, reached or missed by the median of the repeats. */
    public Verdict verdict() {
        return Verdict.ofBusyShare(table().medianShare());
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d GPUs of %d slots, calls of %d ms: at most %.0f calls/s; windows of %d"
                                + " s after %d s",
                        config.gpus(),
                        config.slots(),
                        config.callMillis(),
                        config.mostCallsPerSecond(),
                        config.seconds(),
                        config.warmUpSeconds()));
        lines.add(machine.line());
        lines.add("");
        lines.addAll(table().lines());
        lines.add("");
        lines.add(verdict().line());
        return lines;
    }

    /** For machines: every run, the median share and the verdict. */
    public byte[] json() {
        return Json.write(new Document(machine, config, runs, table().medianShare(), verdict()));
    }

    private BusyTable table() {
        return new BusyTable(runs, config.mostCallsPerSecond());
    }

    private record Document(
            MachineFacts machine,
            BusyConfig config,
            List<BusyRun> runs,
            double medianShare,
            Verdict verdict) {}
}
