package io.kagu.bench.routing;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Runs every contender through the same workloads. */
public final class RoutingBench {

    private final int seeds;
    private final Consumer<String> progress;

    /**
     * @param seeds workloads for each load
     * @param progress told after each load
     */
    public RoutingBench(int seeds, Consumer<String> progress) {
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds must be at least 1, not " + seeds);
        }
        this.seeds = seeds;
        this.progress = progress;
    }

    /** Measures all contenders in one scenario. */
    public RoutingReport run(Scenario scenario) {
        List<Workload> workloads =
                LongStream.rangeClosed(1, seeds)
                        .mapToObj(seed -> Workload.of(scenario, seed))
                        .toList();
        List<Standing> standings =
                Arrays.stream(Contender.values())
                        .map(contender -> Standing.of(contender, runs(contender, workloads)))
                        .toList();
        progress.accept("load " + scenario.load() + ": done");
        return new RoutingReport(scenario, seeds, standings);
    }

    private static List<Figures> runs(Contender contender, List<Workload> workloads) {
        return workloads.stream()
                .map(workload -> FleetRun.of(workload, contender.start(workload)))
                .toList();
    }
}
