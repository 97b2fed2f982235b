package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.FaultSchedule;
import io.kagu.bench.pipeline.Bounds;

import java.util.List;

/**
 * How a chaos run goes.
 *
 * @param seed of faults, jobs and targets
 * @param jobs submitted while the faults come, evenly
 * @param faults that come
 * @param gapSeconds from one fault to the next, on average
 * @param size of the system
 * @param kinds of faults that are drawn from
 */
public record ChaosConfig(
        long seed, int jobs, int faults, int gapSeconds, Size size, List<FaultKind> kinds) {

    private static final int MOST_JOBS = 250_000;
    private static final int MOST_FAULTS = 1_000;
    private static final int MOST_GAP_SECONDS = 600;
    private static final long MILLIS = 1_000;
    private static final int LEAST_OF_WINDOW = 60;
    private static final int MOST_OF_WINDOW = 300;
    private static final int WINDOWS_PER_RUN = 20;

    /** How many there are of each. */
    public record Size(int brokers, int dispatchers, int statusApis) {

        /** What the guarantees are to be seen on. */
        public static final Size FULL = new Size(3, 3, 2);
    }

    public ChaosConfig {
        Bounds.require("jobs", jobs, MOST_JOBS);
        Bounds.require("faults", faults, MOST_FAULTS);
        Bounds.require("seconds between faults", gapSeconds, MOST_GAP_SECONDS);
        kinds = List.copyOf(kinds);
    }

    /** The full system and every kind of fault. */
    public static ChaosConfig full(long seed, int jobs, int faults, int gapSeconds) {
        return new ChaosConfig(
                seed, jobs, faults, gapSeconds, Size.FULL, List.of(FaultKind.values()));
    }

    /** The same with these kinds of faults and no others. */
    public ChaosConfig only(List<FaultKind> chosen) {
        return new ChaosConfig(seed, jobs, faults, gapSeconds, size, chosen);
    }

    FaultSchedule schedule() {
        return FaultSchedule.draw(seed, faults, kinds, gapSeconds * MILLIS);
    }

    /** Jobs of each of the windows in which throughput is measured. */
    int jobsOfWindow() {
        return Math.clamp(jobs / WINDOWS_PER_RUN, LEAST_OF_WINDOW, MOST_OF_WINDOW);
    }
}
