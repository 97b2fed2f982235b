package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolUnservedTest {

    private static final long PATIENCE = PoolRules.DEFAULTS.unservedAfter();

    private final PoolRig rig = new PoolRig();

    @Test
    void aJobWaitsTheWholePatienceHoweverLongAgoAnotherOneAskedForItsModel() {
        rig.submit(JobSample.named("first").asking("unheard-of"));
        rig.cancel("first");
        rig.advance(PATIENCE);
        rig.submit(JobSample.named("second").asking("unheard-of"));
        assertThat(rig.tick()).isEmpty();
    }

    @Test
    void aNewOwnerGrantsTheWholePatienceToAJobThatWaitedWhileItsModelWasServed() {
        rig.use(GpuSample.named("alpha"));
        rig.running("runs");
        rig.submit("waits");
        rig.advance(PATIENCE * 2);
        assertThat(rig.takenOver().tick()).isEmpty();
    }

    @Test
    void theGpuOfTheLastFaultIsAvoidedAlsoAfterAnotherGpuWasBusy() {
        rig.use(GpuSample.named("alpha"), GpuSample.named("beta"));
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);
        rig.advance(5_000).tick();
        assertThat(rig.fillAll()).containsExactly("job@beta");
        rig.finish("job", Outcomes.busyFor(1_000));
        rig.advance(1_000).tick();
        assertThat(rig.fillAll()).containsExactly("job@beta");
    }
}
