package io.kagu.dispatcher.core;

import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.kagu.common.job.WaitEstimate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How well waits were foretold: samples of jobs are kept with what was foretold when they came, and
 * compared with what came. What was foretold wrongly all the time is corrected by that much.
 * Weights fall exponentially, by a fiftieth with each sample.
 */
final class WaitRecord {

    private static final int MOST_OPEN = 10_000;
    private static final long SAMPLE_EVERY = 100;
    private static final double NEW_WEIGHT = 0.02;
    private static final double STRONGEST = 4;
    private static final double SHORTEST_SECONDS = 0.1;
    private static final double MILLIS = 1000;

    private final Map<String, Foretold> open = new LinkedHashMap<>();
    private long lastSample = -SAMPLE_EVERY;
    private long samples;
    private double error;
    private double covered;
    private double correction = 1;

    private record Foretold(WaitEstimate raw, WaitEstimate told, long at) {}

    /** Whether a job that comes now is to be a sample. */
    boolean wants(long now) {
        return open.size() < MOST_OPEN && now - lastSample >= SAMPLE_EVERY;
    }

    /** What is foretold of a job that comes now, before it is corrected. */
    void foretold(String jobId, WaitEstimate raw, long now) {
        lastSample = now;
        open.put(jobId, new Foretold(raw, corrected(raw), now));
    }

    /** A job got its GPU. */
    void started(String jobId, long now) {
        Foretold told = open.remove(jobId);
        if (told == null) {
            return;
        }
        double came = (now - told.at()) / MILLIS;
        double base = Math.max(came, SHORTEST_SECONDS);
        samples++;
        double weight = Math.max(NEW_WEIGHT, 1.0 / samples);
        error += weight * (Math.abs(came - told.told().p50Seconds()) / base - error);
        covered += weight * ((came <= told.told().p90Seconds() ? 1 : 0) - covered);
        double ratio = base / Math.max(told.raw().p50Seconds(), SHORTEST_SECONDS);
        double bounded = Math.clamp(ratio, 1 / STRONGEST, STRONGEST);
        correction += weight * (bounded - correction);
    }

    /** A job waits no more, or not as it did. */
    void forget(String jobId) {
        open.remove(jobId);
    }

    /** An estimate by the model, corrected by what was learned. */
    WaitEstimate corrected(WaitEstimate raw) {
        return new WaitEstimate(raw.p50Seconds() * correction, raw.p90Seconds() * correction);
    }

    /** Empty before the first sample. */
    Optional<WaitAccuracy> accuracy() {
        return samples == 0
                ? Optional.empty()
                : Optional.of(new WaitAccuracy(samples, error, covered, correction));
    }
}
