package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.IntStream;

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
    void eachJobIsGivenUpAfterItsOwnPatience() {
        rig.submit("first");
        rig.advance(10).submit("second");
        rig.advance(PATIENCE - 10).tick();
        assertThat(rig.diedOf("first")).isEqualTo("unknown_model");
        assertThat(rig.state("second")).isInstanceOf(JobState.Queued.class);

        rig.advance(10).tick();
        assertThat(((JobState.Dead) rig.state("second")).reason().message())
                .isEqualTo("no GPU of pool p1 serves model a");
    }

    @Test
    void aModelThatBelongsHereIsGivenUpToo() {
        rig.use(Map.of("a", PoolRig.POOL));
        rig.submit("job");
        rig.advance(PATIENCE).tick();

        assertThat(rig.diedOf("job")).isEqualTo("unknown_model");
    }

    @Test
    void aJobThatExpiresDoesNotDieAsWell() {
        rig.submit(JobSample.named("job").until(rig.now() + PATIENCE));

        assertThat(rig.advance(PATIENCE).tick()).hasSize(1);
        assertThat(rig.state("job")).isInstanceOf(JobState.Expired.class);
    }

    @Test
    void noMoreThanABatchIsGivenUpAtOnce() {
        int batch = PoolRules.DEFAULTS.batch();
        IntStream.rangeClosed(0, batch).forEach(i -> rig.submit("job-" + i));
        rig.advance(PATIENCE);

        assertThat(rig.tick()).hasSize(batch);
        assertThat(rig.tick()).hasSize(1);
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
