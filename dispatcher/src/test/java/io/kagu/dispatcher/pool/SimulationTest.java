package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Runs the owner through hundreds of seeded disasters under the watch of the guarantees. A failing
 * seed is in the message, with the command that replays it. System properties choose the seeds:
 * {@code kagu.simulation.seed} is the only one, {@code kagu.simulation.first} the first of {@code
 * kagu.simulation.seeds}.
 */
class SimulationTest {

    private static final int STEPS = 2_000;
    private static final long FIRST = Long.getLong("kagu.simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("kagu.simulation.seeds", 200);

    /** A nightly run tells how far it is, an ordinary one is over before. */
    private static final int SEEDS_PER_LINE = 500;

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
        for (int done = 0; done < SEEDS; done++) {
            NothingLost jobs = run(FIRST + done);
            completed += jobs.ended(JobStatus.COMPLETED);
            dead += jobs.ended(JobStatus.DEAD);
            cancelled += jobs.ended(JobStatus.CANCELLED);
            expired += jobs.ended(JobStatus.EXPIRED);
            tellProgress(done + 1);
        }
        assertThat(List.of(completed, dead, cancelled, expired))
                .as("jobs that completed, died, were cancelled, expired")
                .allMatch(count -> count > SEEDS);
        assertThat(sharesCompared).as("shares compared").isGreaterThan(10L * SEEDS);
    }

    private static void tellProgress(int done) {
        if (done % SEEDS_PER_LINE == 0) {
            System.out.printf("simulation: %d of %d seeds hold%n", done, SEEDS);
        }
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
            String replay = "replay it with: make simulation SEED=" + seed;
            throw new AssertionError("seed %d: %s (%s)".formatted(seed, e.getMessage(), replay), e);
        }
        return jobs;
    }
}
