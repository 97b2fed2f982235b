package io.kagu.bench.routing;

import java.util.List;
import java.util.SplittableRandom;

/** A fleet and the jobs that come to it, drawn from a seed; the same for every contender. */
record Workload(List<FleetGpu> gpus, List<FleetJob> jobs) {

    Workload {
        gpus = List.copyOf(gpus);
        jobs = List.copyOf(jobs);
    }

    /** The same seed and scenario make the same workload. */
    static Workload of(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FleetGpu> gpus = FleetDraw.gpus(scenario.gpus(), random.split());
        return new Workload(gpus, new ArrivalDraw(gpus, scenario, random.split()).jobs());
    }

    /** The GPUs that serve a model, by index. */
    List<FleetGpu> serving(String model) {
        return gpus.stream().filter(gpu -> gpu.serves(model)).toList();
    }
}
