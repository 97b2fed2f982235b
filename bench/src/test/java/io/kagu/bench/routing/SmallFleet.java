package io.kagu.bench.routing;

import io.kagu.common.job.Priority;

import java.util.List;

/** Two GPUs of one slot, one four times as fast, and jobs that tests name. */
final class SmallFleet {

    static final FleetGpu SLOW = new FleetGpu(0, 1, 1, List.of("a"), 50);
    static final FleetGpu FAST = new FleetGpu(1, 4, 1, List.of("a", "b"), 50);

    private SmallFleet() {}

    static Workload given(FleetJob... jobs) {
        return new Workload(List.of(SLOW, FAST), List.of(jobs));
    }

    /** A job that takes four seconds on the slow GPU. */
    static FleetJob job(int index, long arrivesAt, String model, Priority lane) {
        return new FleetJob(index, arrivesAt, model, lane, "t", 4_000);
    }
}
