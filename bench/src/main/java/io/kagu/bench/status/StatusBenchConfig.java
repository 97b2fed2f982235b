package io.kagu.bench.status;

import io.kagu.bench.pipeline.Bounds;

/**
 * What the benchmark of the status-api does.
 *
 * @param small jobs of the small store
 * @param large jobs of the large store
 * @param connections that ask at a time
 * @param warmUpSeconds length of a round of warm-up; they go on until they get hardly quicker
 * @param seconds length of each load
 * @param repeats loads of each kind and server
 * @param jobsPerSecond that go through their lives while it is measured how soon that is seen
 * @param polls long polls that are held at a time
 */
public record StatusBenchConfig(
        int small,
        int large,
        int connections,
        int warmUpSeconds,
        int seconds,
        int repeats,
        int jobsPerSecond,
        int polls) {

    private static final int MOST_JOBS = 10_000_000;
    private static final int LEAST_JOBS = 200;

    public StatusBenchConfig {
        Bounds.require("jobs of the small store", small, MOST_JOBS);
        Bounds.require("jobs of the large store", large, MOST_JOBS);
        Bounds.require("connections", connections, 1_000);
        Bounds.require("seconds of warm-up", warmUpSeconds, 600);
        Bounds.require("seconds", seconds, 600);
        Bounds.require("repeats", repeats, 100);
        Bounds.require("jobs a second", jobsPerSecond, 100_000);
        Bounds.require("long polls", polls, 10_000);
        if (small < LEAST_JOBS || large < LEAST_JOBS) {
            throw new IllegalArgumentException("a store has " + LEAST_JOBS + " jobs at least");
        }
    }

    /** The whole of it. */
    public static StatusBenchConfig full() {
        return new StatusBenchConfig(10_000, 1_000_000, 32, 10, 10, 5, 1_000, 5_000);
    }

    /** A first impression. */
    public static StatusBenchConfig quick() {
        return new StatusBenchConfig(10_000, 100_000, 32, 5, 5, 3, 1_000, 1_000);
    }

    /** With as many jobs in the large store. */
    public StatusBenchConfig withLarge(int jobs) {
        return new StatusBenchConfig(
                small, jobs, connections, warmUpSeconds, seconds, repeats, jobsPerSecond, polls);
    }

    /** With as many repeats. */
    public StatusBenchConfig withRepeats(int loads) {
        return new StatusBenchConfig(
                small, large, connections, warmUpSeconds, seconds, loads, jobsPerSecond, polls);
    }
}
