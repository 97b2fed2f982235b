package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.PoolEvent.Repeated;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PoolLateOutcomeTest {

    private final PoolRig rig = new PoolRig();

    PoolLateOutcomeTest() {
        rig.use(GpuSample.named("alpha"));
    }

    @Test
    void anOutcomeOfAnEarlierAttemptChangesNothing() {
        Lease first = rig.running("job");
        rig.finish(first, Outcomes.LOST);
        rig.fillAll();
        JobRow second = rig.row("job");

        assertThat(rig.finish(first, Outcomes.COMPLETED)).isEmpty();
        assertThat(rig.finish(first, Outcomes.FAULT)).isEmpty();
        assertThat(rig.row("job")).isEqualTo(second);
    }

    @Test
    void aFaultThatComesAgainIsToldAgainAndChangesNothing() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.FAULT);
        JobRow retrying = rig.row("job");

        assertThat(rig.finish(lease, Outcomes.FAULT)).isEqualTo(List.of(new Repeated(retrying, 0)));
        assertThat(rig.row("job")).isEqualTo(retrying);
    }

    @Test
    void aResponseStillEndsAJobThatWasTakenForLostAndWaitsAgain() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.LOST);

        rig.finish(lease, Outcomes.COMPLETED);

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void aResponseThatComesAgainBeforeItsJobDoesIsToldAgain() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.COMPLETED);
        EarlyEnd told = JobViews.end(JobViews.of(rig.row("job"))).orElseThrow();
        PoolRig next = new PoolRig();
        next.pool().apply(new PoolEvent.EndRemembered("job", told));

        assertThat(next.finish(lease, Outcomes.COMPLETED))
                .singleElement()
                .isInstanceOf(PoolEvent.ResultRepeated.class);
        Lease other = new Lease("job", lease.attempt(), "alpha", "executor-0", 0, 1);
        assertThat(next.finish(other, Outcomes.COMPLETED)).isEmpty();
        assertThat(next.finish(lease, Outcomes.FAULT)).isEmpty();
        next.submit("job");
        assertThat(next.state("job")).isInstanceOf(JobState.Completed.class);
    }

    @Test
    void aResponseThatComesAgainIsToldAgainWhereOnlyAMarkerOfItsJobIsLeft() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.COMPLETED);
        EarlyEnd told = JobViews.end(JobViews.of(rig.row("job"))).orElseThrow();
        PoolRig next = new PoolRig();
        next.submit("job");
        next.use(Map.of("a", "p2"));
        next.advance(Departures.LEAST_STAY).tick();
        next.pool().apply(new PoolEvent.EndRemembered("job", told));

        assertThat(next.finish(lease, Outcomes.COMPLETED))
                .singleElement()
                .isInstanceOf(PoolEvent.ResultRepeated.class);
    }

    @Test
    void anOutcomeOfAnotherExecutorUnderTheSameNumberIsFencedOff() {
        Lease lease = rig.running("job");
        JobRow running = rig.row("job");
        Lease stranger = new Lease("job", lease.attempt(), "alpha", "executor-0", 0, 1);

        assertThat(rig.finish(stranger, Outcomes.COMPLETED)).isEmpty();
        assertThat(rig.finish(stranger, Outcomes.FAULT)).isEmpty();
        assertThat(rig.row("job")).isEqualTo(running);
    }

    @Test
    void anOutcomeAboveTheStoredAttemptCountsBecauseACrashLostItsRow() {
        rig.submit("job");
        Lease lost = new Lease("job", 1, "alpha", "executor-0", PoolRig.START, PoolRig.START + 1);

        rig.finish(lost, Outcomes.FAULT);

        assertThat(rig.state("job")).isInstanceOf(JobState.Retrying.class);
        assertThat(rig.row("job").attempt()).isEqualTo(1);
        assertThat(rig.row("job").attempts().getFirst().executor()).isEqualTo("executor-0");
        rig.advance(60_000).tick();
        rig.fillAll();
        assertThat(rig.lease("job").attempt()).isEqualTo(2);
    }

    @Test
    void aStrangersOutcomeForAnEndedJobChangesNothing() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.COMPLETED);
        Lease stranger = new Lease("job", lease.attempt(), "alpha", "executor-0", 0, 1);

        assertThat(rig.finish(stranger, Outcomes.COMPLETED)).isEmpty();
    }
}
