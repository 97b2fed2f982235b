package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolClockTest {

    private static final long PATIENCE = PoolRules.DEFAULTS.unservedAfter();

    private final PoolRig rig = new PoolRig();

    @Test
    void aJobWhoseDeadlinePassesWhileItWaitsExpires() {
        rig.submit(JobSample.named("job").until(rig.now() + 1_000));

        assertThat(rig.advance(999).tick()).isEmpty();
        rig.advance(1).tick();

        assertThat(rig.state("job")).isEqualTo(new JobState.Expired(rig.now()));
        assertThat(rig.tick()).isEmpty();
    }

    @Test
    void aJobPastItsDeadlineGetsNoSlotEvenBeforeTheTick() {
        rig.use(GpuSample.named("alpha"));
        rig.submit(JobSample.named("late").until(rig.now() + 1_000));
        rig.submit("next");
        rig.advance(1_000);

        assertThat(rig.fillAll()).containsExactly("next@alpha");
        assertThat(rig.state("late")).isInstanceOf(JobState.Expired.class);
    }

    @Test
    void aJobWhoseDeadlinePassesBeforeItsRetryExpires() {
        rig.use(GpuSample.named("alpha"));
        rig.submit(JobSample.named("job").until(rig.now() + 2_000));
        rig.fillAll();
        rig.finish("job", Outcomes.busyFor(60_000));
        assertThat(((JobState.Retrying) rig.state("job")).dueAt()).isEqualTo(rig.now() + 2_000);

        rig.advance(2_000).tick();

        assertThat(rig.state("job")).isEqualTo(new JobState.Expired(rig.now()));
    }

    @Test
    void aRunningJobOutlivesItsDeadline() {
        rig.use(GpuSample.named("alpha"));
        rig.submit(JobSample.named("job").until(rig.now() + 1_000));
        rig.fillAll();

        assertThat(rig.advance(5_000).tick()).isEmpty();
        rig.finish("job", Outcomes.COMPLETED);

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
    }

    @Test
    void aJobForAModelThatNobodyServesDiesAfterThePatience() {
        rig.submit(JobSample.named("job").asking("unheard-of"));

        assertThat(rig.advance(PATIENCE - 1).tick()).isEmpty();
        rig.advance(1).tick();

        assertThat(rig.diedOf("job")).isEqualTo("unknown_model");
    }

    @Test
    void aGpuThatComesInTimeSavesItsJobs() {
        rig.submit("job");
        rig.advance(PATIENCE - 1);
        rig.use(GpuSample.named("alpha"));

        assertThat(rig.advance(PATIENCE).tick()).isEmpty();
        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void thePatienceBeginsWhenTheLastGpuLeaves() {
        rig.use(GpuSample.named("alpha"));
        rig.running("runs");
        rig.submit("waits");
        rig.advance(PATIENCE * 2);
        rig.use();

        assertThat(rig.advance(PATIENCE - 1).tick()).isEmpty();
        rig.advance(1).tick();

        assertThat(rig.diedOf("waits")).isEqualTo("unknown_model");
        assertThat(rig.state("runs")).isInstanceOf(JobState.Running.class);
    }

    @Test
    void aTickMovesABoundedNumberOfJobsOn() {
        int more = PoolRules.DEFAULTS.batch() + 1;
        for (int i = 0; i < more; i++) {
            rig.submit(JobSample.named("job-" + i).until(rig.now() + 1_000));
        }
        rig.advance(1_000);

        assertThat(rig.tick()).hasSize(PoolRules.DEFAULTS.batch());
        assertThat(rig.tick()).hasSize(1);
        assertThat(rig.pool().live()).isZero();
    }
}
