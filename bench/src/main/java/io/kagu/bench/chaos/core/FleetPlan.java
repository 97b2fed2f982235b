package io.kagu.bench.chaos.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The GPUs of a chaos run. Each pool has two: the first serves both of the pool's models, the
 * second only the common one.
 */
public record FleetPlan(List<String> pools, List<PlannedGpu> gpus) {

    private static final int SLOTS_OF_FIRST = 2;
    private static final String GPU = "-gpu-";

    public FleetPlan {
        pools = List.copyOf(pools);
        gpus = List.copyOf(gpus);
    }

    /** A GPU of the fleet. */
    public record PlannedGpu(String name, String pool, List<String> models, int slots) {
        public PlannedGpu {
            models = List.copyOf(models);
        }
    }

    /** Whether a GPU belongs to a pool, by its name. */
    static boolean isOf(String pool, String gpu) {
        return gpu.startsWith(pool + GPU);
    }

    /** The fleet of these pools. */
    public static FleetPlan of(List<String> pools) {
        List<PlannedGpu> gpus = new ArrayList<>();
        for (String pool : pools) {
            List<String> both = List.of(common(pool), rare(pool));
            gpus.add(new PlannedGpu(pool + GPU + 0, pool, both, SLOTS_OF_FIRST));
            gpus.add(new PlannedGpu(pool + GPU + 1, pool, List.of(common(pool)), 1));
        }
        return new FleetPlan(pools, gpus);
    }

    /** The model that all GPUs of a pool serve. */
    public static String common(String pool) {
        return pool + "-common";
    }

    /** The model that one GPU of a pool serves. */
    public static String rare(String pool) {
        return pool + "-rare";
    }

    /** A GPU by its name. */
    PlannedGpu gpu(String name) {
        return gpus.stream()
                .filter(gpu -> gpu.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no GPU " + name));
    }
}
