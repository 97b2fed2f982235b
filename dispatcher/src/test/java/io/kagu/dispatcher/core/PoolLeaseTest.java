package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.PoolEvent.Cleared;
import io.kagu.dispatcher.core.PoolEvent.Suspected;
import io.kagu.dispatcher.core.Sightings.CallId;
import io.kagu.dispatcher.core.Sightings.Sighting;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class PoolLeaseTest {

    private static final PoolRules RULES = PoolRules.DEFAULTS;
    private static final CallId CALL = new CallId("job", 1);

    private final PoolRig rig = new PoolRig();
    private final Lease lease;

    PoolLeaseTest() {
        rig.use(GpuSample.named("alpha"));
        lease = rig.running("job");
    }

    @Test
    void anExecutorThatIsHeardAndListsItsCallIsNotSuspected() {
        rig.advance(20_000);

        assertThat(rig.watch(heard(rig.now(), CALL), Barriers.NONE)).isEmpty();
    }

    @Test
    void aSilentExecutorIsSuspectedOnlyAfterAWhile() {
        rig.advance(RULES.lostAfter());
        assertThat(rig.watch(Sightings.NONE, Barriers.NONE)).isEmpty();

        rig.advance(1);
        assertThat(rig.watch(Sightings.NONE, new Barriers(4, 4)))
                .isEqualTo(List.of(new Suspected(lease, 5)));
        assertThat(rig.pool().barrierNeeded()).isEqualTo(5);
    }

    @Test
    void aSuspicionIsJudgedOnlyOnceItsBarrierWasReadBack() {
        rig.advance(RULES.lostAfter() + 1).watch(Sightings.NONE, Barriers.NONE);
        assertThat(rig.advance(60).watch(Sightings.NONE, new Barriers(1, 0))).isEmpty();

        rig.watch(Sightings.NONE, new Barriers(1, 1));

        assertThat(rig.state("job")).isEqualTo(new JobState.Queued(rig.now()));
        assertThat(rig.row("job").tally().losses()).isEqualTo(1);
        assertThat(rig.pool().barrierNeeded()).isZero();
        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void anOutcomeReadBeforeTheBarrierWins() {
        rig.advance(RULES.lostAfter() + 1).watch(Sightings.NONE, Barriers.NONE);
        rig.finish(lease, Outcomes.COMPLETED);

        assertThat(rig.watch(Sightings.NONE, new Barriers(1, 1))).isEmpty();
        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
    }

    @Test
    void anExecutorThatIsHeardAgainIsCleared() {
        rig.advance(RULES.lostAfter() + 1).watch(Sightings.NONE, Barriers.NONE);

        assertThat(rig.watch(heard(rig.now(), CALL), new Barriers(1, 0)))
                .isEqualTo(List.of(new Cleared(lease)));
        assertThat(rig.pool().barrierNeeded()).isZero();
        assertThat(rig.watch(heard(rig.now(), CALL), new Barriers(1, 1))).isEmpty();
    }

    @Test
    void aCallThatItsExecutorDoesNotListIsSuspectedOnceItIsOldEnough() {
        long oldEnough = lease.startedAt() + RULES.unlistedAfter();
        rig.advance(RULES.unlistedAfter() + 1);

        assertThat(rig.watch(heard(oldEnough), Barriers.NONE)).isEmpty();
        assertThat(rig.watch(heard(oldEnough + 1), Barriers.NONE))
                .isEqualTo(List.of(new Suspected(lease, 1)));
    }

    @Test
    void aCallOfAnotherAttemptDoesNotStandForThisOne() {
        rig.advance(5_000);

        assertThat(rig.watch(heard(rig.now(), new CallId("job", 2)), Barriers.NONE))
                .isEqualTo(List.of(new Suspected(lease, 1)));
    }

    @Test
    void aLeasePastItsDeadlineEndsAsAFaultEvenIfItsExecutorIsWell() {
        rig.advance(lease.deadline() - rig.now() - 1);
        assertThat(rig.watch(heard(rig.now(), CALL), Barriers.NONE)).isEmpty();

        rig.advance(1).watch(heard(rig.now(), CALL), Barriers.NONE);
        assertThat(rig.state("job")).isInstanceOf(JobState.Running.class);
        rig.watch(heard(rig.now(), CALL), new Barriers(1, 1));

        assertThat(rig.state("job")).isInstanceOf(JobState.Retrying.class);
        assertThat(rig.row("job").tally().faults()).isEqualTo(1);
        assertThat(rig.row("job").attempts().getLast().error())
                .isEqualTo("no outcome before the lease deadline");
    }

    @Test
    void theResponseOfACallTakenForLostIsStillTakenUntilTheNextOneBegins() {
        rig.advance(RULES.lostAfter() + 1).watch(Sightings.NONE, Barriers.NONE);
        rig.watch(Sightings.NONE, new Barriers(1, 1));

        rig.finish(lease, Outcomes.COMPLETED);

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
    }

    @Test
    void aNewOwnerCountsNoSilenceFromBeforeItsTime() {
        rig.advance(25_000);
        PoolRig next = rig.takenOver(GpuSample.named("alpha"));

        assertThat(next.advance(RULES.lostAfter()).watch(Sightings.NONE, Barriers.NONE)).isEmpty();
        assertThat(next.advance(1).watch(Sightings.NONE, Barriers.NONE)).hasSize(1);
    }

    @Test
    void anExecutorThatFellSilentBeforeATakeoverIsLostAtOnce() {
        Sightings sightings = heard(rig.now());
        PoolRig next = rig.advance(RULES.lostAfter() + 1).takenOver(GpuSample.named("alpha"));

        assertThat(next.watch(sightings, Barriers.NONE))
                .singleElement()
                .isInstanceOf(PoolEvent.Suspected.class);
    }

    @Test
    void silenceIsNoneWhileNobodyIsHeard() {
        long heardAt = rig.now();
        rig.advance(RULES.lostAfter() + 5_000);
        Sightings deaf =
                new Sightings(
                        rig.now(),
                        Map.of(PoolRig.EXECUTOR, new Sighting(heardAt, heardAt, Set.of(), 0)));

        assertThat(rig.watch(deaf, Barriers.NONE)).isEmpty();
        assertThat(rig.advance(RULES.lostAfter()).watch(deaf, Barriers.NONE)).isEmpty();
        assertThat(rig.advance(1).watch(deaf, Barriers.NONE)).hasSize(1);
    }

    /** The executor's clock is an hour behind the owner's. */
    @Test
    void aSpilledCallIsMissedOnlyAfterItsStartLimitByTheExecutorsClock() {
        PoolRig other = new PoolRig();
        other.use(GpuSample.named("alpha"));
        other.submit("job");
        long limit = other.now() - 3_600_000;

        other.run(new PoolCommand.Fill(new Taker(PoolRig.EXECUTOR, 1, limit), other.now()));
        Lease spilled = other.lease("job");

        assertThat(spilled)
                .isEqualTo(
                        new Lease(
                                "job",
                                1,
                                "alpha",
                                PoolRig.EXECUTOR,
                                lease.startedAt(),
                                lease.deadline() + Taker.START_WITHIN,
                                limit));
        assertThat(other.watch(heardAt(limit + RULES.unlistedAfter()), Barriers.NONE)).isEmpty();
        assertThat(other.watch(heardAt(limit + RULES.unlistedAfter() + 1), Barriers.NONE))
                .isEqualTo(List.of(new Suspected(spilled, 1)));
    }

    private Sightings heardAt(long itsTime) {
        Sighting sighting = new Sighting(rig.now(), itsTime, Set.of(), 0);
        return new Sightings(0, Map.of(PoolRig.EXECUTOR, sighting));
    }

    private static Sightings heard(long at, CallId... calls) {
        return new Sightings(0, Map.of(PoolRig.EXECUTOR, new Sighting(at, at, Set.of(calls), 0)));
    }
}
