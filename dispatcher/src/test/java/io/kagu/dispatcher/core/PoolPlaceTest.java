package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobPlace;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class PoolPlaceTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");

    private final PoolRig rig = new PoolRig();

    @Test
    void aJobThatMayStartAtOnceWaitsForNothing() {
        rig.use(ALPHA);
        rig.submit("job");

        JobPlace place = place("job");

        assertThat(place.position()).hasValue(0);
        assertThat(place.depth()).isEqualTo(1);
        assertThat(place.estimatedWait()).contains(WaitEstimate.NONE);
        assertThat(place.reasons()).isEmpty();
    }

    @Test
    void whoWaitsIsToldWhoGoesFirstAndThatGpusAreFull() {
        rig.use(ALPHA);
        rig.running("runs");
        rig.submit("first", "job");
        rig.submit(JobSample.named("urgent").in(Priority.HIGH));

        JobPlace place = place("job");

        assertThat(place.position()).hasValue(2);
        assertThat(place.depth()).isEqualTo(3);
        assertThat(place.reasons())
                .extracting(WaitReason::code)
                .containsExactly("behind_higher_lanes", "behind_in_lane", "full");
        assertThat(place.reasons())
                .extracting(reason -> reason.count().orElse(0))
                .containsExactly(1, 1, 1);
        assertThat(place.estimatedWait()).isEmpty();
    }

    @Test
    void theWaitIsForetoldOnceCallsWereMeasured() {
        rig.use(ALPHA);
        measured(1_000);
        rig.running("runs");
        rig.submit("a", "b", "c", "job");

        WaitEstimate told = place("job").estimatedWait().orElseThrow();

        assertThat(told.p50Seconds()).isBetween(3.0, 4.5);
        assertThat(told.p90Seconds()).isGreaterThan(told.p50Seconds());
    }

    @Test
    void theWaitIsNoShorterThanTheLimitsLetCallsBegin() {
        rig.use(ALPHA.slots(2).requestsPerMinute(60));
        measured(100);
        rig.running("runs");
        rig.submit("a", "b", "c", "job");
        double byRequests = place("job").estimatedWait().orElseThrow().p50Seconds();
        rig.use(ALPHA.slots(2).minPauseMs(4_000));
        double byPause = place("job").estimatedWait().orElseThrow().p50Seconds();
        rig.use(ALPHA.slots(2));
        double unlimited = place("job").estimatedWait().orElseThrow().p50Seconds();

        assertThat(unlimited).isLessThan(1);
        assertThat(byRequests).isBetween(3.0, 4.5);
        assertThat(byPause).isBetween(12.0, 18.0);
    }

    @Test
    void theWaitIsNoShorterThanTokensLast() {
        rig.use(ALPHA.tokensPerMinute(600));
        measured(100);
        rig.submit("a", "b", "c", "d", "e", "job");
        rig.fillAll();

        double wait = place("job").estimatedWait().orElseThrow().p50Seconds();

        assertThat(rig.row("job").cost()).isEqualTo(100);
        assertThat(wait).as("a call each ten seconds").isBetween(25.0, 60.0);
    }

    @Test
    void whoWaitsBehindAClaimOfTokensIsToldOfIt() {
        rig.use(ALPHA.slots(3).serving("a", "b").tokensPerMinute(1_000));
        rig.submit(JobSample.named("runs").costing(500));
        rig.fillAll();
        rig.submit(JobSample.named("large").costing(900));
        rig.submit(JobSample.named("small").asking("b").costing(10));
        assertThat(rig.fillAll()).isEmpty();

        assertThat(place("small").reasons())
                .filteredOn(reason -> reason.code().equals("behind_token_claim"))
                .singleElement()
                .satisfies(reason -> {
                    assertThat(reason.message()).contains("alpha");
                    assertThat(reason.count()).hasValue(1);
                });
        assertThat(place("large").reasons())
                .extracting(WaitReason::code)
                .contains("limited")
                .doesNotContain("behind_token_claim");
        rig.cancel("large");
        assertThat(place("small").reasons()).isEmpty();
    }

    @Test
    void aClaimIsToldOnlyOfGpusThatAreClaimedAndThatTheJobCouldHave() {
        rig.use(
                ALPHA.slots(3).serving("a", "b").tokensPerMinute(1_000),
                GpuSample.named("beta").serving("b"));
        rig.submit(JobSample.named("runs").costing(500));
        rig.fillAll();
        rig.submit(JobSample.named("large").costing(900));
        rig.submit(JobSample.named("small").asking("b").costing(10));
        rig.submit(JobSample.named("medium").asking("b").costing(600));

        assertThat(place("small").reasons())
                .contains(
                        WaitReason.of(
                                        "behind_token_claim",
                                        "jobs before it wait for the tokens of alpha")
                                .times(1));
        assertThat(place("medium").reasons())
                .extracting(WaitReason::code)
                .contains("limited")
                .doesNotContain("behind_token_claim");
    }

    @Test
    void whoGoesBeforeTheOneThatClaimsIsNotToldOfTheClaim() {
        rig.use(ALPHA.slots(3).serving("a", "b").tokensPerMinute(1_000));
        rig.submit(JobSample.named("runs").costing(500));
        rig.fillAll();
        rig.submit(JobSample.named("low").costing(900).in(Priority.LOW));
        rig.submit(JobSample.named("small").asking("b").costing(10));
        rig.submit(JobSample.named("later").costing(900));

        assertThat(place("small").reasons()).isEmpty();
    }

    @Test
    void aClaimIsToldHoweverManyOthersGoFirst() {
        rig.use(ALPHA.slots(3).serving("a", "b").tokensPerMinute(1_000));
        rig.submit(JobSample.named("runs").costing(500));
        rig.fillAll();
        rig.submit(JobSample.named("unserved").asking("c").in(Priority.HIGH));
        rig.submit(JobSample.named("large").costing(900));
        rig.submit(JobSample.named("small").asking("b").costing(10));

        assertThat(place("small").reasons())
                .extracting(WaitReason::code)
                .contains("behind_token_claim");
    }

    @Test
    void higherJobsThatKeepComingLengthenTheForetoldWait() {
        rig.use(ALPHA);
        measured(1_000);
        rig.running("runs");
        rig.submit("a", "job");
        double alone = place("job").estimatedWait().orElseThrow().p50Seconds();

        for (int i = 0; i < 30; i++) {
            rig.submit(JobSample.named("urgent-" + i).in(Priority.HIGH));
            rig.cancel("urgent-" + i);
        }

        assertThat(place("job").estimatedWait().orElseThrow().p50Seconds()).isGreaterThan(alone);
    }

    /** Four seconds, two jobs of the higher lane: half a call in a second is theirs. */
    @Test
    void theForetoldWaitIsThatOfTheModel() {
        rig.use(ALPHA);
        measured(1_000);
        rig.running("runs");
        rig.submit("a", "job");
        for (String id : List.of("urgent-1", "urgent-2")) {
            rig.submit(JobSample.named(id).in(Priority.HIGH));
            rig.cancel(id);
        }

        assertThat(place("job").estimatedWait()).contains(new WaitEstimate(3.065, 4.214));
    }

    @Test
    void lowerAndEqualLanesDoNotLengthenTheForetoldWait() {
        rig.use(ALPHA);
        measured(1_000);
        rig.running("runs");
        rig.submit("a", "job");
        for (int i = 0; i < 9; i++) {
            rig.submit(JobSample.named("low-" + i).in(Priority.LOW));
        }

        assertThat(place("job").estimatedWait()).contains(new WaitEstimate(1.533, 2.107));
    }

    @Test
    void whatCameUnderAnotherOwnerSaysNothingOfHowManyComeNow() {
        rig.use(ALPHA);
        rig.running("runs");
        for (int i = 0; i < 30; i++) {
            rig.submit(JobSample.named("urgent-" + i).in(Priority.HIGH));
        }
        PoolRig next = rig.advance(2_000).takenOver(ALPHA);
        for (int i = 0; i < 30; i++) {
            next.cancel("urgent-" + i);
        }
        next.finish("runs", Outcomes.COMPLETED);
        for (int i = 0; i < 3; i++) {
            next.running("measure-" + i);
            next.advance(1_000).finish("measure-" + i, Outcomes.COMPLETED);
        }
        next.running("again");
        next.submit("job");

        assertThat(next.pool().place(next.row("job"), next.now()).estimatedWait().orElseThrow())
                .extracting(WaitEstimate::p50Seconds)
                .satisfies(seconds -> assertThat(seconds).isLessThan(2.0));
    }

    @Test
    void whatWasForetoldIsComparedWithWhatCame() {
        rig.use(ALPHA);
        measured(1_000);
        for (int round = 0; round < 20; round++) {
            rig.submit("runs-" + round);
            rig.fillAll();
            rig.advance(100).submit("job-" + round);
            rig.advance(900).finish("runs-" + round, Outcomes.COMPLETED);
            rig.fillAll();
            rig.advance(1_000).finish("job-" + round, Outcomes.COMPLETED);
        }

        WaitAccuracy accuracy = rig.status().waits().orElseThrow();

        assertThat(accuracy.samples()).isGreaterThanOrEqualTo(20);
        assertThat(accuracy.error()).isLessThan(0.35);
        assertThat(accuracy.p90Covered()).isGreaterThan(0.85);
    }

    @Test
    void aJobThatFailedIsToldWhenItIsTriedAgain() {
        rig.use(ALPHA);
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);

        JobPlace place = place("job");

        assertThat(place.position()).isEmpty();
        assertThat(place.reasons()).extracting(WaitReason::code).containsExactly("retrying");
        assertThat(place.reasons().getFirst().until().orElseThrow())
                .isAfter(Instant.ofEpochMilli(rig.now()));
    }

    @Test
    void aRunningJobHasNoReason() {
        rig.use(ALPHA);
        rig.running("job");

        assertThat(place("job").reasons()).isEmpty();
        assertThat(place("job").estimatedWait()).isEmpty();
    }

    @Test
    void whatKeepsGpusFromTheJobIsNamedWithItsEnd() {
        rig.use(
                ALPHA.minPauseMs(5_000),
                GpuSample.named("beta").draining(),
                GpuSample.named("gamma").slots(2).watched());
        rig.running("first");
        rig.submit("second", "third");
        rig.fillAll();
        rig.finish("first", Outcomes.COMPLETED);
        rig.submit("job");

        assertThat(place("job").reasons())
                .extracting(WaitReason::code)
                .containsExactly("draining", "full", "limited", "metrics_unknown");
        assertThat(place("job").reasons().get(2).until())
                .contains(Instant.ofEpochMilli(PoolRig.START + 5_000));
    }

    @Test
    void aModelThatNobodyServesIsSaid() {
        rig.use(ALPHA);
        rig.submit(JobSample.named("job").asking("unknown"));

        assertThat(place("job").reasons()).extracting(WaitReason::code).containsExactly("unserved");
    }

    @Test
    void whoHasHadItsShareIsToldSo() {
        rig.use(ALPHA);
        rig.running("runs");
        for (int i = 0; i < 3; i++) {
            rig.submit(JobSample.named("greedy-" + i).by("greedy"));
        }
        rig.submit(JobSample.named("modest").by("modest"));

        assertThat(place("greedy-2").reasons()).extracting(WaitReason::code).contains("fair_share");
        assertThat(place("modest").reasons())
                .extracting(WaitReason::code)
                .doesNotContain("fair_share");
    }

    @Test
    void aPausedLaneWaitsWhileOthersGo() {
        rig.use(ALPHA.slots(4));
        hold(new PauseScope(Optional.of(Priority.LOW), Optional.empty()), Optional.empty());
        rig.submit(JobSample.named("low").in(Priority.LOW));
        rig.submit("normal");

        assertThat(rig.fillAll()).containsExactly("normal@alpha");
        assertThat(rig.tick()).as("no tick ends it").isEmpty();
        assertThat(place("low").reasons()).extracting(WaitReason::code).containsExactly("paused");
        assertThat(place("low").estimatedWait()).isEmpty();
        assertThat(rig.status().pauses()).hasSize(1);

        rig.run(
                new PoolCommand.ResumeQueue(
                        new PauseScope(Optional.of(Priority.LOW), Optional.empty())));
        assertThat(rig.fillAll()).containsExactly("low@alpha");
    }

    @Test
    void aPausedModelWaitsWhileOthersGo() {
        rig.use(ALPHA.slots(4).serving("a", "b"));
        hold(new PauseScope(Optional.empty(), Optional.of("a")), Optional.empty());
        rig.submit("waits");
        rig.submit(JobSample.named("goes").asking("b"));

        assertThat(rig.fillAll()).containsExactly("goes@alpha");
    }

    @Test
    void aPausedPoolLetsRunningJobsEndAndGoesOnByItselfAtTheEnd() {
        rig.use(ALPHA);
        rig.running("runs");
        hold(PauseScope.POOL, Optional.of(Instant.ofEpochMilli(rig.now() + 1_000)));
        rig.submit("waits");
        rig.finish("runs", Outcomes.COMPLETED);

        assertThat(rig.fillAll()).isEmpty();
        assertThat(rig.state("runs")).isInstanceOf(JobState.Completed.class);
        assertThat(place("waits").reasons().getFirst().until())
                .contains(Instant.ofEpochMilli(PoolRig.START + 1_000));

        assertThat(rig.advance(999).tick()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).containsExactly("waits@alpha");
        assertThat(rig.tick()).contains(new PoolEvent.Resumed(PauseScope.POOL));
        assertThat(rig.status().pauses()).isEmpty();
    }

    @Test
    void whatIsNotPausedNeedsNoResume() {
        assertThat(rig.run(new PoolCommand.ResumeQueue(PauseScope.POOL))).isEmpty();
    }

    private void hold(PauseScope scope, Optional<Instant> until) {
        rig.run(new PoolCommand.PauseQueue(new Pause(scope, until, Optional.empty())));
    }

    /** Calls of this many milliseconds, enough to know how long one takes. */
    private void measured(long millis) {
        for (int i = 0; i < 4; i++) {
            rig.running("measure-" + i);
            rig.advance(millis).finish("measure-" + i, Outcomes.COMPLETED);
        }
    }

    private JobPlace place(String id) {
        return rig.pool().place(rig.row(id), rig.now());
    }
}
