package io.kagu.cli.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** GPUs as a table in plain text; what is unknown is a dash. */
public final class GpuTable {

    private static final String UNKNOWN = "-";
    private static final int COLUMNS = 9;

    private GpuTable() {}

    /** The lines of the table, and below it the GPUs that are not in force. */
    public static List<String> lines(GpuFacts.All all) {
        TextTable table =
                new TextTable(COLUMNS)
                        .row(
                                "GPU", "POOL", "SLOTS", "RUNNING", "HEALTH", "UTIL", "VRAM",
                                "BREAKER", "USABLE");
        all.gpus().forEach(gpu -> row(table, gpu));
        List<String> lines = new ArrayList<>(table.lines());
        new TreeMap<>(all.leftOut())
                .forEach((gpu, faults) ->
                        lines.add("left out: " + gpu + ": " + String.join("; ", faults)));
        return lines;
    }

    private static void row(TextTable table, GpuFacts gpu) {
        Optional<GpuFacts.Metrics> metrics = gpu.metrics();
        table.row(
                gpu.spec().name(),
                gpu.spec().pool(),
                Integer.toString(gpu.spec().slots()),
                gpu.running().isPresent() ? Integer.toString(gpu.running().getAsInt()) : UNKNOWN,
                metrics.map(GpuFacts.Metrics::health).orElse(UNKNOWN),
                percent(metrics.map(GpuFacts.Metrics::gpuUtilPct)),
                percent(metrics.map(GpuFacts.Metrics::vramPct)),
                gpu.breaker().map(word -> word.toLowerCase(Locale.ROOT)).orElse(UNKNOWN),
                usable(gpu));
    }

    private static String percent(Optional<OptionalDouble> share) {
        OptionalDouble known = share.orElse(OptionalDouble.empty());
        return known.isPresent() ? Math.round(known.getAsDouble()) + " %" : UNKNOWN;
    }

    private static String usable(GpuFacts gpu) {
        String word = gpu.usable() ? "yes" : "no";
        return gpu.reason().map(reason -> word + ": " + reason.code() + until(reason)).orElse(word);
    }

    private static String until(GpuFacts.Reason reason) {
        return reason.until().map(time -> " until " + time).orElse("");
    }
}
