package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Sidecar;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What must change so that this replica scrapes the GPUs of its share and no others.
 *
 * @param start GPUs that nobody here scrapes yet
 * @param stop names of those that went to another replica, or are scraped or judged otherwise
 * @param retire names of those that have no metrics any more, here or elsewhere
 */
public record ScrapePlan(List<GpuSpec> start, List<String> stop, List<String> retire) {

    public ScrapePlan {
        start = List.copyOf(start);
        stop = List.copyOf(stop);
        retire = List.copyOf(retire);
    }

    /**
     * The plan.
     *
     * @param running what is scraped here now, by the GPU's name
     * @param gpus all that are registered
     * @param ours whether a GPU of this name is of our share
     */
    public static ScrapePlan decide(
            Map<String, ScrapeTarget> running, List<GpuSpec> gpus, Predicate<String> ours) {
        Map<String, GpuSpec> scraped = new TreeMap<>();
        gpus.stream().filter(ScrapePlan::hasMetrics).forEach(gpu -> scraped.put(gpu.name(), gpu));
        return new ScrapePlan(
                scraped.values().stream()
                        .filter(gpu -> ours.test(gpu.name()) && !running.containsKey(gpu.name()))
                        .toList(),
                running.keySet().stream()
                        .filter(name -> !ours.test(name) || hasChanged(running, scraped, name))
                        .sorted()
                        .toList(),
                running.keySet().stream()
                        .filter(name -> ours.test(name) && !scraped.containsKey(name))
                        .sorted()
                        .toList());
    }

    private static boolean hasMetrics(GpuSpec gpu) {
        return gpu.sidecar().kind() != Sidecar.Kind.NONE && gpu.sidecar().url().isPresent();
    }

    private static boolean hasChanged(
            Map<String, ScrapeTarget> running, Map<String, GpuSpec> scraped, String name) {
        return Optional.ofNullable(scraped.get(name))
                .filter(gpu -> !ScrapeTarget.of(gpu).equals(running.get(name)))
                .isPresent();
    }
}
