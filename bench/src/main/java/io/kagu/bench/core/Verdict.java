package io.kagu.bench.core;

import java.util.List;
import java.util.Locale;

/** Whether a target was reached, and by how much. */
public record Verdict(String text, boolean met) {

    /** Of the bare loop's throughput, on one pool. */
    public static final double LEAST_THROUGHPUT_RATIO = 0.35;

    /** Milliseconds from submit to call beyond the bare loop's, at the fixed rate. */
    public static final double MOST_CALL_DELAY_MS = 3;

    /** Of slots × time that GPUs compute while jobs wait, with calls of 0.2 seconds. */
    public static final double LEAST_BUSY_SHARE = 0.97;

    /** The targets of the pipeline. */
    public static List<Verdict> of(Comparison comparison) {
        double ratio = comparison.row(Metric.JOBS_PER_SECOND).ratio();
        double delay = comparison.row(Metric.FIXED_CALL_P50).difference();
        return List.of(
                new Verdict(
                        text(
                                "throughput is %.2f of the bare loop's (target: at least %.2f)",
                                ratio, LEAST_THROUGHPUT_RATIO),
                        ratio >= LEAST_THROUGHPUT_RATIO),
                new Verdict(
                        text(
                                "a call begins %.2f ms later than the bare loop's (target: at most"
                                        + " %.0f ms)",
                                delay, MOST_CALL_DELAY_MS),
                        delay <= MOST_CALL_DELAY_MS));
    }

    /** The target of busy GPUs. */
    public static Verdict ofBusyShare(double share) {
        return new Verdict(
                String.format(
                        Locale.ROOT,
                        "GPUs are busy for %.4f of slots x time (target: at least %.2f)",
                        share,
                        LEAST_BUSY_SHARE),
                share >= LEAST_BUSY_SHARE);
    }

    /** One line for people. */
    public String line() {
        return (met ? "reached: " : "MISSED:  ") + text;
    }

    private static String text(String format, double value, double target) {
        return String.format(Locale.ROOT, format, value, target);
    }
}
