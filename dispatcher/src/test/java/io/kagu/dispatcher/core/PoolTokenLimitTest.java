package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** How many tokens a GPU is called for in a minute. */
class PoolTokenLimitTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha").slots(10).tokensPerMinute(1000);
    private static final GpuSample BETA = GpuSample.named("beta").slots(10).order(1);
    private static final long MINUTE = CallPace.MINUTE;

    private final PoolRig rig = new PoolRig();

    private void submit(String id, long tokens) {
        rig.submit(JobSample.named(id).costing(tokens));
    }

    @Test
    void aCallReservesItsEstimateForAMinute() {
        rig.use(ALPHA);
        submit("one", 400);
        submit("two", 600);
        submit("three", 1);
        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@alpha");

        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("three@alpha");
    }

    @Test
    void theMinuteSlides() {
        rig.use(ALPHA);
        submit("one", 600);
        rig.fillAll();
        rig.advance(MINUTE / 2);
        submit("two", 400);
        submit("three", 500);
        assertThat(rig.fillAll()).containsExactly("two@alpha");

        rig.advance(MINUTE / 2 - 1);
        assertThat(rig.fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("three@alpha");
    }

    @Test
    void aCallThatUsedLessMakesRoomAtOnce() {
        rig.use(ALPHA);
        submit("one", 600);
        submit("two", 600);
        rig.fillAll();

        rig.completes("one", 401);
        assertThat(rig.fillAll()).isEmpty();
        submit("three", 1);
        rig.cancel("two");
        submit("four", 599);
        assertThat(rig.fillAll()).containsExactly("three@alpha");
        rig.completes("three", 1);
        assertThat(rig.advance(MINUTE).fillAll()).containsExactly("four@alpha");
    }

    @Test
    void roomThatIsJustEnoughIsEnough() {
        rig.use(ALPHA);
        submit("one", 600);
        submit("two", 600);
        rig.fillAll();

        rig.completes("one", 400);
        assertThat(rig.fillAll()).containsExactly("two@alpha");
    }

    @Test
    void aCallThatUsedMoreTakesTheRoomOfLaterOnes() {
        rig.use(ALPHA);
        submit("one", 100);
        rig.fillAll();
        rig.completes("one", 5_000);
        submit("two", 1);

        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("two@alpha");
    }

    @Test
    void aCallWhoseUseStaysUnknownCountsWithItsEstimate() {
        rig.use(ALPHA);
        submit("completes", 400);
        submit("fails", 600);
        rig.fillAll();
        rig.finish("completes", Outcomes.COMPLETED);
        rig.finish("fails", Outcomes.FAULT);
        submit("next", 1);

        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
    }

    @Test
    void anOutcomeThatComesTwiceCountsOnce() {
        rig.use(ALPHA);
        submit("one", 600);
        rig.fillAll();
        Lease lease = rig.lease("one");
        rig.completes(lease, 300);
        rig.completes(lease, 300);
        submit("two", 700);

        assertThat(rig.fillAll()).containsExactly("two@alpha");
    }

    @Test
    void aJobOverTheLimitRunsAloneInAMinute() {
        rig.use(ALPHA);
        submit("small", 10);
        rig.fillAll();
        submit("huge", Long.MAX_VALUE);
        submit("next", 10);
        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();

        assertThat(rig.advance(1).fillAll()).containsExactly("huge@alpha");
        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("next@alpha");
    }

    @Test
    void aSmallerJobOfTheSameLaneAndModelDoesNotGetAhead() {
        rig.use(ALPHA);
        submit("one", 500);
        submit("large", 600);
        submit("small", 100);

        assertThat(rig.fillAll()).containsExactly("one@alpha");
        assertThat(rig.advance(MINUTE).fillAll()).containsExactly("large@alpha", "small@alpha");
    }

    @Test
    void tokensThatAHigherLaneWaitsForAreNotTakenByALowerOne() {
        rig.use(ALPHA);
        submit("one", 500);
        rig.fillAll();
        rig.submit(JobSample.named("low").costing(100).in(Priority.LOW));
        rig.submit(JobSample.named("high").costing(600).in(Priority.HIGH));
        assertThat(rig.fillAll()).isEmpty();

        rig.completes("one", 300);
        assertThat(rig.fillAll()).containsExactly("high@alpha", "low@alpha");
    }

    @Test
    void tokensThatAJobWaitsForAreNotTakenByAnotherModelBehindIt() {
        rig.use(ALPHA.serving("a", "b"));
        submit("one", 500);
        rig.fillAll();
        submit("large", 600);
        rig.submit(JobSample.named("small").asking("b").costing(100));

        assertThat(rig.fillAll()).isEmpty();
        rig.completes("one", 300);
        assertThat(rig.fillAll()).containsExactly("large@alpha", "small@alpha");
    }

    @Test
    void whoWaitsForTokensClaimsThemOnNoOtherGpu() {
        rig.use(ALPHA, GpuSample.named("gamma").serving("b"));
        submit("one", 500);
        rig.fillAll();
        rig.submit(JobSample.named("high").costing(600).in(Priority.HIGH));
        rig.submit(JobSample.named("low").asking("b").in(Priority.LOW));

        assertThat(rig.fillAll()).containsExactly("low@gamma");
    }

    @Test
    void aJobGoesWhereThereIsRoom() {
        rig.use(ALPHA, BETA);
        submit("one", 900);
        submit("two", 900);
        submit("three", 100);

        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@beta", "three@alpha");
    }

    @Test
    void theUseOfACallThatWasTakenForLostCountsWhenItIsTold() {
        rig.use(ALPHA);
        submit("one", 600);
        rig.fillAll();
        Lease lease = rig.lease("one");
        rig.finish("one", Outcomes.LOST);
        rig.completes(lease, 100);
        submit("two", 900);

        assertThat(rig.fillAll()).containsExactly("two@alpha");
    }

    @Test
    void changedLimitsCountWhatTheyKnow() {
        rig.use(ALPHA);
        submit("one", 600);
        submit("two", 600);
        rig.fillAll();
        rig.use(ALPHA.tokensPerMinute(1_199));
        assertThat(rig.fillAll()).isEmpty();

        rig.use(ALPHA.tokensPerMinute(1_200));
        assertThat(rig.fillAll()).containsExactly("two@alpha");
        rig.completes("one", 900);
        submit("three", 1);
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void aNewOwnerCountsWhatWasUsedAndWhatIsReserved() {
        rig.use(ALPHA);
        submit("used", 600);
        rig.fillAll();
        rig.completes("used", 300);
        submit("runs", 500);
        submit("next", 300);
        rig.fillAll();
        PoolRig next = rig.advance(1_000).takenOver(ALPHA);
        assertThat(next.fillAll()).isEmpty();

        next.completes("runs", 400);
        assertThat(next.fillAll()).containsExactly("next@alpha");
    }

    @Test
    void theStatusSaysUntilWhenAUsualCallWaits() {
        rig.use(ALPHA);
        submit("one", 1);
        rig.fillAll();

        assertThat(rig.status().gpus().getFirst().limitedUntil())
                .contains(Instant.ofEpochMilli(rig.now() + MINUTE));
    }
}
