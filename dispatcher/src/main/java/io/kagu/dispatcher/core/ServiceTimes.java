package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.WaitModel.Server;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long calls of a model take on a GPU: mean and variance of successful calls, exponentially
 * weighted (West, Updating mean and variance estimates, 1979). Milliseconds.
 */
final class ServiceTimes {

    private static final double NEW_WEIGHT = 0.1;
    private static final int ENOUGH = 3;

    private final Map<String, Map<String, Times>> byModel = new LinkedHashMap<>();

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
        byModel.computeIfAbsent(model, name -> new LinkedHashMap<>())
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

    /**
     * What these GPUs are as servers of some models: each with the mean over those models, or over
     * the other GPUs where it was not measured yet; none while nothing was measured.
     */
    List<Server> servers(Collection<String> models, Collection<Gpu> gpus) {
        OptionalDouble all =
                models.stream()
                        .flatMap(model -> byModel.getOrDefault(model, Map.of()).values().stream())
                        .mapToDouble(times -> times.mean)
                        .average();
        return all.isEmpty() ? List.of() : servers(measured(models), gpus, all.getAsDouble());
    }

    private List<Map<String, Times>> measured(Collection<String> models) {
        return models.stream().map(model -> byModel.getOrDefault(model, Map.of())).toList();
    }

    private static List<Server> servers(
            List<Map<String, Times>> measured, Collection<Gpu> gpus, double otherwise) {
        return gpus.stream().map(gpu -> server(measured, gpu, otherwise)).toList();
    }

    private static Server server(List<Map<String, Times>> measured, Gpu gpu, double otherwise) {
        double means = 0;
        double variations = 0;
        int known = 0;
        for (Map<String, Times> ofModel : measured) {
            Times times = ofModel.get(gpu.name());
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

    private @Nullable Times times(String model, String gpu) {
        Map<String, Times> ofModel = byModel.get(model);
        Times times = ofModel == null ? null : ofModel.get(gpu);
        return times == null || times.samples < ENOUGH ? null : times;
    }
}
