package io.kagu.bench.pipeline;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where a figure was measured.
 *
 * @param loadAverage of the last minute before the start; negative where the system does not tell
 */
public record MachineFacts(int cores, double loadAverage, String java, String system) {

    /** More than this of each core in use by others, and figures are noise. */
    private static final double QUIET = 0.5;

    /** This machine, now. */
    public static MachineFacts now() {
        return new MachineFacts(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** Whether others use so much of the machine that only ratios mean anything. */
    public boolean busy() {
        return loadAverage > QUIET * cores;
    }

    /** One line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d cores, load average %.1f at the start, Java %s, %s",
                cores,
                loadAverage,
                java,
                system);
    }
}
