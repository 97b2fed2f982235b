package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.dispatcher.core.BreakerState.Phase;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** How long a GPU is left alone after several faults in a row. */
class PoolFaultPauseTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");
    private static final long FIRST = 15_000;
    private static final long LONGEST = 300_000;

    /** Opens late, so that the pause alone holds calls back. */
    private static final BreakerRules LATE = new BreakerRules(100, 30_000, FIRST, LONGEST);

    private PoolRig rig = PoolRig.with(LATE);
    private int jobs;

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            String job = "fails-" + jobs++;
            rig.running(job);
            rig.finish(job, Outcomes.FAULT);
        }
    }

    /** Waits out the pause, which must be exactly this long, and fails again. */
    private void failsAfter(long pause) {
        String job = "fails-" + jobs++;
        rig.submit(job);
        assertThat(rig.advance(pause - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).hasSize(1);
        rig.finish(job, Outcomes.FAULT);
    }

    private GpuStatus gpu() {
        return rig.status().gpus().getFirst();
    }

    @Test
    void theSecondFaultInARowPausesTheGpu() {
        rig.use(ALPHA);
        fails(1);
        fails(1);
        rig.submit("next");

        assertThat(rig.advance(FIRST - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("next@alpha");
    }

    @Test
    void eachFurtherFaultDoublesThePauseUpToTheLongest() {
        rig.use(ALPHA);
        fails(2);
        for (long pause = FIRST; pause < LONGEST; pause *= 2) {
            failsAfter(pause);
        }
        failsAfter(LONGEST);
        failsAfter(LONGEST);
    }

    @Test
    void aSuccessStartsAnew() {
        rig.use(ALPHA);
        fails(2);
        rig.advance(FIRST).running("good");
        rig.finish("good", Outcomes.COMPLETED);

        fails(1);
        fails(1);
        failsAfter(FIRST);
    }

    @Test
    void faultsAreCountedThroughTheOpeningsOfTheBreaker() {
        rig = PoolRig.with(new BreakerRules(3, 1_000, FIRST, LONGEST));
        rig.use(ALPHA);
        fails(2);
        failsAfter(FIRST);
        assertThat(gpu().breaker()).isEqualTo(Phase.OPEN.name());
        assertThat(gpu().openUntil()).contains(Instant.ofEpochMilli(rig.now() + 2 * FIRST));

        failsAfter(2 * FIRST);
        failsAfter(4 * FIRST);
    }

    @Test
    void anOpenBreakerWaitsForItsOwnPauseToo() {
        rig = PoolRig.with(new BreakerRules(2, 60_000, FIRST, LONGEST));
        rig.use(ALPHA);
        fails(2);
        rig.submit("probe");

        assertThat(rig.advance(60_000).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("probe@alpha");
    }

    @Test
    void whatSaysNothingOfTheGpuLeavesTheCount() {
        rig.use(ALPHA.slots(2));
        fails(1);
        rig.running("refused");
        rig.finish("refused", Outcomes.REJECTED);
        rig.running("cancelled");
        rig.cancel("cancelled");
        rig.finish("cancelled", Outcomes.FAULT);
        rig.submit("next");
        assertThat(rig.fillAll()).containsExactly("next@alpha");

        rig.finish("next", Outcomes.FAULT);
        failsAfter(FIRST);
    }

    @Test
    void callsGoToAnotherGpuMeanwhile() {
        rig.use(ALPHA);
        fails(2);
        rig.use(ALPHA, GpuSample.named("beta").order(1));
        rig.submit("next");

        assertThat(rig.fillAll()).containsExactly("next@beta");
    }

    @Test
    void aNewOwnerGoesOnWithThePauseAndTheCount() {
        rig.use(ALPHA);
        fails(2);
        rig = rig.advance(5_000).takenOver(ALPHA);

        failsAfter(FIRST - 5_000);
        failsAfter(2 * FIRST);
    }

    @Test
    void theStatusSaysUntilWhenThePauseLasts() {
        rig.use(ALPHA);
        fails(2);
        assertThat(gpu().breaker()).isEqualTo(Phase.CLOSED.name());
        assertThat(gpu().hindrance()).contains("breaker_open");
        assertThat(gpu().openUntil()).contains(Instant.ofEpochMilli(rig.now() + FIRST));

        rig.advance(FIRST);
        assertThat(gpu().hindrance()).isEmpty();
        assertThat(gpu().openUntil()).isEmpty();
    }

    @Test
    void noPauseIsHeldWhereNoneIsWanted() {
        rig = PoolRig.with(new BreakerRules(100, 30_000));
        rig.use(ALPHA);
        fails(20);
        rig.submit("next");
        assertThat(rig.breaker("alpha").pausedUntil()).isZero();

        assertThat(rig.fillAll()).containsExactly("next@alpha");
    }
}
