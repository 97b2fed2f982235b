package io.kagu.dispatcher.core;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How long calls of a model take on a GPU: mean and variance of successful calls, exponentially
 * weighted (West, Updating mean and variance estimates, 1979). Milliseconds.
 */
final class ServiceTimes {

    private static final double NEW_WEIGHT = 0.1;
    private static final int ENOUGH = 3;

    private final Map<String, Map<String, Times>> byModel = new TreeMap<>();

    /** Mean and variance so far. */
    private static final class Times {
        private int samples;
        private double mean;
        private double variance;

        void add(double millis) {
            samples = Math.min(samples + 1, Integer.MAX_VALUE - 1);
            double weight = Math.max(NEW_WEIGHT, 1.0 / samples);
            double step = millis - mean;
            mean += weight * step;
            variance = (1 - weight) * (variance + weight * step * step);
        }
    }

    /** A call ended well. */
    void ended(String model, String gpu, long millis) {
        byModel.computeIfAbsent(model, name -> new TreeMap<>())
                .computeIfAbsent(gpu, name -> new Times())
                .add((double) Math.max(1, millis));
    }

    /** Forgets the GPUs that are not among these. */
    void keep(Collection<String> gpus) {
        byModel.values().forEach(times -> times.keySet().retainAll(gpus));
        byModel.values().removeIf(Map::isEmpty);
    }

    /** The mean; empty while too few calls are known. */
    OptionalDouble mean(String model, String gpu) {
        Times times = times(model, gpu);
        return times == null ? OptionalDouble.empty() : OptionalDouble.of(times.mean);
    }

    /** Squared coefficient of variation; empty while too few calls are known. */
    OptionalDouble variation(String model, String gpu) {
        Times times = times(model, gpu);
        return times == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(times.variance / (times.mean * times.mean));
    }

    private @Nullable Times times(String model, String gpu) {
        Map<String, Times> ofModel = byModel.get(model);
        Times times = ofModel == null ? null : ofModel.get(gpu);
        return times == null || times.samples < ENOUGH ? null : times;
    }
}
