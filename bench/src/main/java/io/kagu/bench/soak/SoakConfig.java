package io.kagu.bench.soak;

import io.kagu.bench.pipeline.Bounds;

/**
 * How a long run goes.
 *
 * @param jobs in all
 * @param underway jobs that wait or run at a time
 * @param sampleSeconds from one sample to the next
 */
public record SoakConfig(int jobs, int underway, int sampleSeconds) {

    private static final int MOST_JOBS = 100_000_000;
    private static final int MOST_UNDERWAY = 100_000;
    private static final int MOST_SECONDS = 3_600;

    public SoakConfig {
        Bounds.require("jobs", jobs, MOST_JOBS);
        Bounds.require("jobs underway", underway, MOST_UNDERWAY);
        Bounds.require("seconds between samples", sampleSeconds, MOST_SECONDS);
    }
}
