package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.JobState.Running;

import org.junit.jupiter.api.Test;

class PoolGpuChoiceTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");
    private static final GpuSample BETA = GpuSample.named("beta");

    private final PoolRig rig = new PoolRig();

    @Test
    void theGpuThatTheCallFillsLeastIsChosen() {
        rig.use(ALPHA.slots(2), BETA.slots(4));
        rig.submit("one", "two", "three", "four");

        assertThat(rig.fillAll())
                .containsExactly("one@beta", "two@alpha", "three@beta", "four@beta");
    }

    @Test
    void tiesGoByOrderThenByName() {
        rig.use(
                ALPHA.order(2),
                GpuSample.named("delta").order(1),
                GpuSample.named("gamma").order(1));
        rig.submit("one", "two", "three");

        assertThat(rig.fillAll()).containsExactly("one@delta", "two@gamma", "three@alpha");
    }

    @Test
    void theGpuOfTheLastFaultIsAvoided() {
        rig.use(ALPHA, BETA);
        assertThat(rig.running("job").gpu()).isEqualTo("alpha");
        rig.finish("job", Outcomes.FAULT);

        rig.advance(5_000).tick();

        assertThat(rig.fillAll()).containsExactly("job@beta");
    }

    @Test
    void theGpuOfTheLastFaultIsTakenWhenNoOtherHasASlot() {
        rig.use(ALPHA, BETA);
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);
        rig.submit("first", "second");
        rig.fillAll();
        assertThat(rig.lease("second").gpu()).isEqualTo("beta");
        rig.finish("first", Outcomes.COMPLETED);

        rig.advance(5_000).tick();

        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void anOverloadedGpuIsNotAvoided() {
        rig.use(ALPHA, BETA);
        rig.running("job");
        rig.finish("job", Outcomes.busyFor(1_000));

        rig.advance(1_000).tick();

        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void aLeaseOnAGpuThatLeftStaysCountedUntilItEnds() {
        rig.use(ALPHA.slots(2));
        Lease lease = rig.running("job");
        rig.use();
        assertThat(rig.status().running()).isEqualTo(1);
        assertThat(rig.status().slots()).isZero();

        rig.use(ALPHA);
        rig.submit("next");
        assertThat(rig.fillAll()).isEmpty();

        rig.finish(lease, Outcomes.COMPLETED);
        assertThat(rig.fillAll()).containsExactly("next@alpha");
    }

    @Test
    void aLeaseLastsTheGpusCallTimeAndTheGraceOfAnAbort() {
        rig.use(ALPHA);
        Lease lease = rig.running("job");

        assertThat(lease.startedAt()).isEqualTo(rig.now());
        assertThat(lease.deadline())
                .isEqualTo(
                        rig.now()
                                + GpuSample.CALL_TIMEOUT_SECONDS * 1000L
                                + PoolRules.DEFAULTS.abortGrace());
        assertThat(rig.state("job")).isEqualTo(new Running(lease, false));
        assertThat(lease.executor()).isEqualTo(PoolRig.EXECUTOR);
    }
}
