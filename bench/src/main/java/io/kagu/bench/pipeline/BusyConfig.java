package io.kagu.bench.pipeline;

/**
 * What the benchmark of busy GPUs does.
 *
 * @param gpus how many there are
 * @param slots calls at a time of each
 * @param callMillis how long every call takes
 * @param warmUpSeconds from the first calls to the measured window
 * @param seconds length of the window
 * @param repeats windows, each of a process of its own
 */
public record BusyConfig(
        int gpus, int slots, int callMillis, int warmUpSeconds, int seconds, int repeats) {

    private static final int MILLIS = 1_000;

    /** A dispatcher that stops lets its calls end, but does not wait for longer ones. */
    private static final int MOST_CALL_MILLIS = 5_000;

    /** The backlog would last this much longer than the window. */
    private static final int SPARE_SECONDS = 5;

    private static final int FIRST_TURNS = 4;

    public BusyConfig {
        Bounds.require("GPUs", gpus, 100);
        Bounds.require("slots", slots, 1_000);
        Bounds.require("milliseconds of a call", callMillis, MOST_CALL_MILLIS);
        Bounds.require("seconds of warm-up", warmUpSeconds, 600);
        Bounds.require("seconds", seconds, 600);
        Bounds.require("repeats", repeats, 100);
        Bounds.require("slots of all GPUs", gpus * slots, 2_000);
    }

    /** Calls per second if every slot were busy all the time. */
    public double mostCallsPerSecond() {
        return (double) gpus * slots * MILLIS / callMillis;
    }

    /** Calls before the warm-up counts: its first turns are those of a cold process. */
    int firstCalls() {
        return FIRST_TURNS * gpus * slots;
    }

    /** More than the GPUs can work off by the end of the window. */
    int jobs() {
        int lasts = warmUpSeconds + seconds + SPARE_SECONDS;
        return firstCalls() + gpus * slots + (int) (mostCallsPerSecond() * lasts);
    }

    GpuFleet fleet() {
        return new GpuFleet(gpus, slots, callMillis);
    }
}
