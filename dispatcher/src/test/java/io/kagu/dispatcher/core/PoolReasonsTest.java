package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.job.WaitReason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each reason to wait, with its words, its number and its end. */
class PoolReasonsTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");
    private static final GpuSample BETA = GpuSample.named("beta");
    private static final PauseScope LANE =
            new PauseScope(Optional.of(Priority.NORMAL), Optional.empty());
    private static final PauseScope MODEL = new PauseScope(Optional.empty(), Optional.of("a"));

    private final PoolRig rig = new PoolRig();

    @Test
    void othersGoFirst() {
        rig.use(ALPHA);
        rig.running("runs");
        rig.submit("first", "job");
        rig.submit(JobSample.named("urgent-1").in(Priority.HIGH));
        rig.submit(JobSample.named("urgent-2").in(Priority.HIGH));

        assertThat(reasons())
                .containsExactly(
                        WaitReason.of("behind_higher_lanes", "jobs of higher priority go first")
                                .times(2),
                        WaitReason.of("behind_in_lane", "jobs of its lane go first").times(1),
                        WaitReason.of("full", "all slots are taken").times(1));
    }

    @Test
    void gpusThatFailedAreToldWithTheFirstThatComesBack() {
        rig.use(ALPHA);
        fail("one", "two", "three");
        rig.use(ALPHA, BETA);
        rig.advance(1_000);
        fail("four", "five", "six");
        rig.submit("job");

        assertThat(reasons())
                .containsExactly(
                        WaitReason.of("breaker_open", "GPUs failed and get no calls for a while")
                                .times(2)
                                .until(after(PoolRules.DEFAULTS.breaker().pause())));
    }

    @Test
    void aGpuThatIsTriedWithOneCallHasNoEnd() {
        rig.use(ALPHA.slots(2));
        fail("one", "two", "three");
        rig.advance(PoolRules.DEFAULTS.breaker().pause() + 1).running("probe");
        rig.submit("job");

        assertThat(reasons())
                .containsExactly(
                        WaitReason.of("probing", "GPUs failed and are tried with one call")
                                .times(1));
    }

    @Test
    void limitedGpusAreToldWithTheFirstThatMayBeCalled() {
        rig.use(ALPHA.slots(2).minPauseMs(9_000), BETA.slots(2).minPauseMs(4_000));
        rig.submit("one", "two");
        rig.fillAll();
        rig.submit("job");

        assertThat(reasons())
                .containsExactly(
                        WaitReason.of("limited", "GPUs are at their limits")
                                .times(2)
                                .until(after(4_000)));
    }

    @Test
    void silentSidecarsAreCounted() {
        rig.use(ALPHA.watched(), BETA.watched(), GpuSample.named("gamma"));
        rig.submit("job");

        assertThat(reasons())
                .containsExactly(
                        WaitReason.of("metrics_unknown", "sidecars are silent; GPUs are used last")
                                .times(2));
    }

    @Test
    void aModelThatNobodyServesIsNamed() {
        rig.submit("job");

        assertThat(reasons())
                .containsExactly(WaitReason.of("unserved", "no GPU of the pool serves a"));
    }

    @Test
    void aRetryTellsWhatWentWrong() {
        rig.use(ALPHA);
        rig.running("job");
        rig.finish("job", Outcomes.busyFor(3_000));

        assertThat(reasons())
                .containsExactly(WaitReason.of("retrying", "status 429").until(after(3_000)));
    }

    @Test
    void aJobOnItsWayIsToldWhere() {
        rig.submit("job");
        rig.use(Map.of("a", "p2"));
        rig.advance(Departures.LEAST_STAY).tick();

        assertThat(reasons())
                .containsExactly(WaitReason.of("forwarded", "it is on its way to pool p2"));
    }

    @Test
    void anEndedJobWaitsForNothing() {
        rig.submit("job");
        rig.cancel("job");

        assertThat(reasons()).isEmpty();
    }

    @Test
    void aPauseTellsWhatIsPausedAndWhy() {
        rig.use(ALPHA);
        rig.submit("job");
        pause(PauseScope.POOL, Optional.empty(), Optional.of("maintenance"));
        assertThat(reasons())
                .containsExactly(WaitReason.of("paused", "the pool is paused: maintenance"));

        rig.run(new PoolCommand.ResumeQueue(PauseScope.POOL));
        pause(LANE, Optional.empty(), Optional.empty());
        assertThat(reasons()).containsExactly(WaitReason.of("paused", "it is paused"));
    }

    @Test
    void ofSeveralPausesTheLongestIsTold() {
        rig.use(ALPHA);
        rig.submit("job");
        pause(PauseScope.POOL, Optional.of(after(5_000)), Optional.empty());
        pause(LANE, Optional.of(after(9_000)), Optional.empty());
        pause(MODEL, Optional.of(after(7_000)), Optional.empty());
        assertThat(reasons().getFirst().until()).contains(after(9_000));

        pause(MODEL, Optional.empty(), Optional.empty());
        assertThat(reasons().getFirst().until()).isEmpty();
    }

    @Test
    void aPauseThatIsOverHoldsNothing() {
        rig.use(ALPHA);
        rig.submit("job");
        pause(PauseScope.POOL, Optional.of(after(5_000)), Optional.empty());

        rig.advance(5_000);

        assertThat(reasons()).isEmpty();
    }

    private void fail(String... jobs) {
        for (String job : jobs) {
            rig.running(job);
            rig.finish(job, Outcomes.FAULT);
        }
    }

    private void pause(PauseScope scope, Optional<Instant> until, Optional<String> reason) {
        rig.run(new PoolCommand.PauseQueue(new Pause(scope, until, reason)));
    }

    private List<WaitReason> reasons() {
        return rig.pool().place(rig.row("job"), rig.now()).reasons();
    }

    private static Instant after(long millis) {
        return Instant.ofEpochMilli(PoolRig.START + millis);
    }
}
