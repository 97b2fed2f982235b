package io.kagu.bench.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final Scenario SCENARIO = new Scenario(0.9, 12, 500);

    @Test
    void aSeedMakesTheSameFleetAndTheSameJobs() {
        assertThat(Workload.of(SCENARIO, 7)).isEqualTo(Workload.of(SCENARIO, 7));
        assertThat(Workload.of(SCENARIO, 7)).isNotEqualTo(Workload.of(SCENARIO, 8));
    }

    @Test
    void everyModelIsServedBySeveralGpus() {
        Workload workload = Workload.of(SCENARIO, 7);

        assertThat(FleetDraw.MODELS)
                .allSatisfy(model -> assertThat(workload.serving(model)).hasSizeGreaterThan(1));
    }

    @Test
    void demandByCapacityIsTheLoad() {
        Workload workload = Workload.of(new Scenario(0.9, 12, 200_000), 7);
        double demand = workload.jobs().stream().mapToDouble(FleetJob::demandMillis).sum();
        int capacity = workload.gpus().stream().mapToInt(FleetGpu::capacity).sum();

        double load = demand / capacity / workload.jobs().getLast().arrivesAt();

        assertThat(load).isCloseTo(0.9, within(0.05));
    }

    @Test
    void aTenthOfTheJobsIsUrgent() {
        Workload workload = Workload.of(new Scenario(0.9, 12, 10_000), 7);

        assertThat(workload.jobs().stream().filter(job -> job.lane() == Priority.HIGH).count())
                .isBetween(900L, 1_100L);
    }
}
