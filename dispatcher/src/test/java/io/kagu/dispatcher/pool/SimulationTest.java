package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Runs the owner through hundreds of seeded disasters under the watch of the guarantees. A failing
 * seed is in the message, with the command that replays it. System properties choose the seeds:
 * {@code kagu.simulation.seed} is the only one, {@code kagu.simulation.first} the first of {@code
 * kagu.simulation.seeds}.
 */
@Tag("simulation")
class SimulationTest {

    private static final int STEPS = 2_000;
    private static final long FIRST = Long.getLong("kagu.simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("kagu.simulation.seeds", 500);

    /** A nightly run tells how far it is, an ordinary one is over before. */
    private static final int SEEDS_PER_LINE = 500;

    private final AtomicInteger held = new AtomicInteger();

    /** What a seed's run came to. */
    private record Run(NothingLost jobs, long sharesCompared, long spilled) {

        long ended(JobStatus state) {
            return jobs.ended(state);
        }
    }

    /** Each seed is a world of its own, so that as many run at once as there are cores. */
    @Test
    void everyGuaranteeHoldsUnderEveryFault() {
        Long only = Long.getLong("kagu.simulation.seed");
        if (only != null) {
            run(only);
            return;
        }
        List<Run> runs =
                LongStream.range(FIRST, FIRST + SEEDS)
                        .parallel()
                        .mapToObj(this::runAndTell)
                        .toList();
        for (JobStatus end :
                List.of(
                        JobStatus.COMPLETED,
                        JobStatus.DEAD,
                        JobStatus.CANCELLED,
                        JobStatus.EXPIRED)) {
            assertThat(runs.stream().mapToLong(run -> run.ended(end)).sum())
                    .as("jobs that ended %s", end)
                    .isGreaterThan(SEEDS);
        }
        assertThat(runs.stream().mapToLong(run -> run.jobs().requeued()).sum())
                .as("jobs that had another run")
                .isGreaterThan(SEEDS);
        assertThat(runs.stream().mapToLong(Run::spilled).sum())
                .as("calls spilled")
                .isGreaterThan(10L * SEEDS);
        assertThat(runs.stream().mapToLong(Run::sharesCompared).sum())
                .as("shares compared")
                .isGreaterThan(10L * SEEDS);
    }

    private Run runAndTell(long seed) {
        Run run = run(seed);
        int done = held.incrementAndGet();
        if (done % SEEDS_PER_LINE == 0) {
            System.out.printf("simulation: %d of %d seeds hold%n", done, SEEDS);
        }
        return run;
    }

    private static Run run(long seed) {
        NothingLost jobs = new NothingLost();
        List<Watcher> watchers =
                List.of(
                        jobs,
                        new OneTerminalResult(),
                        new VersionsGrow(),
                        new SlotsNeverOversold(),
                        new OneCallAtATime());
        try {
            Simulation simulation = new Simulation(seed, watchers);
            simulation.run(STEPS);
            return new Run(jobs, simulation.sharesCompared(), simulation.spilled());
        } catch (AssertionError | RuntimeException e) {
            String replay = "replay it with: make simulation SEED=" + seed;
            throw new AssertionError("seed %d: %s (%s)".formatted(seed, e.getMessage(), replay), e);
        }
    }
}
