package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.WaitModel.Server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How long calls of a model take on a GPU: mean and variance of successful calls, exponentially
 * weighted (West, Updating mean and variance estimates, 1979). Milliseconds.
 */
final class ServiceTimes {

    private static final double NEW_WEIGHT = 0.1;
    private static final int ENOUGH = 3;

    private final Map<String, Map<String, Times>> byGpu = new LinkedHashMap<>();

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
        byGpu.computeIfAbsent(gpu, name -> new LinkedHashMap<>())
                .computeIfAbsent(model, name -> new Times())
                .add((double) Math.max(1, millis));
    }

    /** Forgets the GPUs that are not among these. */
    void keep(Set<String> gpus) {
        byGpu.keySet().retainAll(gpus);
    }

    /** The mean; empty while too few calls are known. */
    OptionalDouble mean(String model, String gpu) {
        Times times = of(gpu).get(model);
        return times == null || times.samples < ENOUGH
                ? OptionalDouble.empty()
                : OptionalDouble.of(times.mean);
    }

    private Map<String, Times> of(String gpu) {
        return byGpu.getOrDefault(gpu, Map.of());
    }

    /**
     * What these GPUs are as servers of some models: each with the mean over those models, or over
     * the other GPUs where it was not measured yet; none while nothing was measured.
     */
    List<Server> servers(Collection<String> models, Collection<Gpu> gpus) {
        double otherwise = meanOfAll(models);
        return otherwise == 0
                ? List.of()
                : gpus.stream().map(gpu -> server(models, gpu, otherwise)).toList();
    }

    /** The mean over all GPUs and some models; 0 while nothing was measured. */
    private double meanOfAll(Collection<String> models) {
        double means = 0;
        int known = 0;
        for (Map<String, Times> ofGpu : byGpu.values()) {
            for (String model : models) {
                Times times = ofGpu.get(model);
                if (times != null) {
                    means += times.mean;
                    known++;
                }
            }
        }
        return known == 0 ? 0 : means / known;
    }

    private Server server(Collection<String> models, Gpu gpu, double otherwise) {
        double means = 0;
        double variations = 0;
        int known = 0;
        Map<String, Times> ofGpu = of(gpu.name());
        for (String model : models) {
            Times times = ofGpu.get(model);
            if (times != null && times.samples >= ENOUGH) {
                means += times.mean;
                variations += times.variance / (times.mean * times.mean);
                known++;
            }
        }
        return known == 0
                ? new Server(gpu.mostLeases(), otherwise, 1)
                : new Server(gpu.mostLeases(), means / known, variations / known);
    }
}
