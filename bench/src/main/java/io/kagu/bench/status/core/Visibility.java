package io.kagu.bench.status.core;

import io.kagu.bench.core.Latency.Spread;

/**
 * How soon is seen what was told to Kafka, in microseconds.
 *
 * @param samples jobs that were watched
 * @param jobsPerSecond that went through their lives meanwhile
 * @param accepted from the send of a job's first event to the answer that knows the job
 * @param ended from the send of its last event to the answer with its response
 */
public record Visibility(int samples, double jobsPerSecond, Spread accepted, Spread ended) {

    /** The later of both 99th percentiles. */
    public long p99() {
        return Math.max(accepted.p99(), ended.p99());
    }
}
