package io.kagu.bench.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How a router picks the GPU for a job the moment it arrives. */
@FunctionalInterface
interface GpuChoice {

    /**
     * Picks one.
     *
     * @param serving the GPUs that serve the job's model, never empty, always in the same order
     */
    FleetGpu choose(FleetJob job, List<FleetGpu> serving, GpuBoard board);

    /** One after the other, for each model. */
    static GpuChoice roundRobin() {
        Map<String, Integer> turns = new TreeMap<>();
        return (job, serving, board) -> {
            int turn = turns.merge(job.model(), 1, Integer::sum);
            return serving.get(turn % serving.size());
        };
    }

    /** The fewest outstanding jobs by slots. */
    static GpuChoice leastConnections() {
        return (job, serving, board) -> min(serving, board::outstandingPerSlot);
    }

    /** Of two drawn at random, the one with fewer outstanding jobs by slots. */
    static GpuChoice twoChoices(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return (job, serving, board) -> {
            FleetGpu one = serving.get(random.nextInt(serving.size()));
            FleetGpu other = serving.get(random.nextInt(serving.size()));
            return min(List.of(one, other), board::outstandingPerSlot);
        };
    }

    /** The lowest load score that sidecars tell. */
    static GpuChoice lowestScore() {
        return (job, serving, board) -> min(serving, board::score);
    }

    private static FleetGpu min(List<FleetGpu> gpus, ToDoubleFunction<FleetGpu> load) {
        return gpus.stream().min(Comparator.comparingDouble(load)).orElseThrow();
    }
}
