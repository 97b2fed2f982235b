package io.kagu.bench.pipeline;

/**
 * What the pipeline benchmark does.
 *
 * @param jobs of the backlog whose throughput is measured
 * @param warmUpJobs sent through each process before anything is measured, in each of several
 *     starts, until its compilers have little left to do
 * @param repeats of each side, in turn
 * @param rate jobs per second of the first latency measurement
 * @param latencySeconds length of each latency measurement
 * @param slots calls at a time, of both sides
 */
public record PipelineConfig(
        int jobs, int warmUpJobs, int repeats, int rate, int latencySeconds, int slots) {

    /** Size of every request. */
    public static final int BODY_BYTES = 1024;

    private static final int MAX_JOBS = 1_000_000;

    public PipelineConfig {
        Bounds.require("jobs", jobs, MAX_JOBS);
        Bounds.require("warm-up jobs", warmUpJobs, MAX_JOBS);
        Bounds.require("repeats", repeats, 100);
        Bounds.require("rate", rate, 100_000);
        Bounds.require("seconds", latencySeconds, 3_600);
        Bounds.require("slots", slots, 2_000);
    }
}
