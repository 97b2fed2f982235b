package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Runs the owner through hundreds of seeded disasters under the watch of the guarantees. A failing
 * seed is in the message; run it alone with {@code -Dkagu.simulation.seed=N}. The number of seeds
 * is {@code -Dkagu.simulation.seeds}.
 */
class SimulationTest {

    private static final int STEPS = 2_000;
    private static final int SEEDS = Integer.getInteger("kagu.simulation.seeds", 200);

    private long sharesCompared;

    @Test
    void everyGuaranteeHoldsUnderEveryFault() {
        Long only = Long.getLong("kagu.simulation.seed");
        if (only != null) {
            run(only);
            return;
        }
        long completed = 0;
        long dead = 0;
        long cancelled = 0;
        long expired = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            NothingLost jobs = run(seed);
            completed += jobs.ended(JobStatus.COMPLETED);
            dead += jobs.ended(JobStatus.DEAD);
            cancelled += jobs.ended(JobStatus.CANCELLED);
            expired += jobs.ended(JobStatus.EXPIRED);
        }
        assertThat(List.of(completed, dead, cancelled, expired))
                .as("jobs that completed, died, were cancelled, expired")
                .allMatch(count -> count > SEEDS);
        assertThat(sharesCompared).as("shares compared").isGreaterThan(10L * SEEDS);
    }

    private NothingLost run(long seed) {
        NothingLost jobs = new NothingLost();
        List<Watcher> watchers =
                List.of(
                        jobs,
                        new OneTerminalResult(),
                        new SlotsNeverOversold(),
                        new OneCallAtATime());
        try {
            Simulation simulation = new Simulation(seed, watchers);
            simulation.run(STEPS);
            sharesCompared += simulation.sharesCompared();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        return jobs;
    }
}
