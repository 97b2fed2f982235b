package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.ViewVersion;
import io.kagu.dispatcher.core.JobRow.Tally;
import io.kagu.dispatcher.core.JobState.Retrying;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

class PoolOutcomeTest {

    private static final PoolRules RULES = PoolRules.DEFAULTS;

    private final PoolRig rig = new PoolRig();

    PoolOutcomeTest() {
        rig.use(GpuSample.named("alpha"));
    }

    @Test
    void anOutcomeThatDoesNotSayWhenItEndedDidSoWhenItCame() {
        Lease lease = rig.running("job");
        rig.advance(40);
        rig.finish(
                new AttemptOutcome(
                        "job",
                        lease.attempt(),
                        lease.gpu(),
                        lease.executor(),
                        lease.startedAt(),
                        0,
                        Outcomes.COMPLETED,
                        OptionalLong.empty()));

        assertThat(rig.row("job").attempts())
                .extracting(Attempt::endedAt)
                .containsExactly(rig.now());
    }

    @Test
    void aResponseCompletesTheJobAndFreesItsSlot() {
        rig.running("job");
        rig.submit("next");
        rig.advance(40).finish("job", Outcomes.COMPLETED);

        assertThat(rig.state("job")).isEqualTo(new JobState.Completed(200, rig.now()));
        assertThat(rig.row("job").attempts())
                .containsExactly(
                        new Attempt(
                                1,
                                "alpha",
                                PoolRig.EXECUTOR,
                                PoolRig.START,
                                rig.now(),
                                "completed",
                                "",
                                Optional.of(Choices.SOLE),
                                OptionalLong.empty()));
        assertThat(rig.fillAll()).containsExactly("next@alpha");
    }

    @Test
    void readersTakeEveryMoveOfAJobForNewerThanTheOneBefore() {
        List<ViewVersion> versions = new ArrayList<>();
        rig.submit("job");
        versions.add(version("job"));
        rig.fillAll();
        versions.add(version("job"));
        rig.finish("job", Outcomes.busyFor(7_000));
        versions.add(version("job"));
        rig.advance(7_000).tick();
        versions.add(version("job"));
        rig.fillAll();
        versions.add(version("job"));
        rig.finish("job", Outcomes.COMPLETED);
        versions.add(version("job"));

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
        assertThat(versions)
                .containsExactly(
                        new ViewVersion(1, false, 1),
                        new ViewVersion(1, false, 2),
                        new ViewVersion(1, false, 3),
                        new ViewVersion(1, false, 4),
                        new ViewVersion(1, false, 5),
                        new ViewVersion(1, true, 6));
    }

    private ViewVersion version(String id) {
        return ViewVersion.of(JobViews.of(rig.row(id)));
    }

    @Test
    void anOverloadedGpuIsLeftAloneForAsLongAsItAskedAndNoAttemptIsBurnt() {
        rig.running("job");
        rig.finish("job", Outcomes.busyFor(7_000));

        assertThat(due("job")).isEqualTo(rig.now() + 7_000);
        assertThat(rig.row("job").tally()).isEqualTo(new Tally(0, 0, 1));
        assertThat(((Retrying) rig.state("job")).reason().code()).isEqualTo("overloaded");
    }

    @Test
    void theWishOfAnOverloadedGpuIsHeldWithinBounds() {
        rig.running("hasty");
        rig.finish("hasty", Outcomes.busyFor(0));
        rig.running("patient");
        rig.finish("patient", Outcomes.busyFor(Long.MAX_VALUE));

        assertThat(due("hasty")).isEqualTo(rig.now() + 1_000);
        assertThat(due("patient")).isEqualTo(rig.now() + RULES.retries().backoffMax());
    }

    @Test
    void anOverloadedGpuWithoutAWishIsLeftAloneLongerAndLonger() {
        rig.running("job");
        long before = 0;
        for (int i = 1; i <= 20; i++) {
            rig.finish("job", Outcomes.BUSY);
            long pause = due("job") - rig.now();
            assertThat(pause).isBetween(1_000L, RULES.retries().backoffMax());
            assertThat(pause).isGreaterThanOrEqualTo(i <= 8 ? before : 1_000);
            before = pause;
            rig.advance(pause).tick();
            rig.fillAll();
        }
        assertThat(rig.row("job").tally().faults()).isZero();
        assertThat(rig.row("job").attempts()).hasSize(20);
    }

    @Test
    void aFaultBacksOffTwiceAsLongEachTime() {
        rig.running("job");
        for (int failure = 1; failure < RULES.retries().maxAttempts(); failure++) {
            rig.finish("job", Outcomes.FAULT);
            long base = RULES.retries().backoffBase() << (failure - 1);
            assertThat(due("job") - rig.now()).isBetween(base * 8 / 10, base * 12 / 10);
            rig.advance(due("job") - rig.now()).tick();
            rig.fillAll();
        }
        assertThat(rig.row("job").tally()).isEqualTo(new Tally(3, 0, 0));
    }

    @Test
    void jobsThatFailedTogetherPart() {
        rig.use(GpuSample.named("alpha").slots(3));
        rig.submit("one", "two", "three");
        rig.fillAll();

        List.of("one", "two", "three").forEach(id -> rig.finish(id, Outcomes.FAULT));

        assertThat(List.of(due("one"), due("two"), due("three"))).doesNotHaveDuplicates();
    }

    /** Each pause by the stated formula, worked out elsewhere. */
    @Test
    void aPauseIsSpreadByTheNameOfItsJob() {
        rig.running("job");
        for (long pause : List.of(939L, 1_880L, 3_764L)) {
            rig.finish("job", Outcomes.FAULT);
            assertThat(due("job") - rig.now()).isEqualTo(pause);
            rig.advance(pause).tick();
            rig.fillAll();
        }
    }

    @Test
    void howeverOftenAGpuIsOverloadedTheLongestPauseStays() {
        rig.running("job");
        for (int i = 1; i < 80; i++) {
            rig.finish("job", Outcomes.BUSY);
            rig.advance(RULES.retries().backoffMax()).tick();
            rig.fillAll();
        }
        rig.finish("job", Outcomes.BUSY);

        assertThat(due("job") - rig.now()).isEqualTo(263_400);
    }

    @Test
    void aLongErrorIsCut() {
        rig.running("longest");
        rig.finish("longest", new Outcome.Fault("x".repeat(500)));
        rig.running("longer");
        rig.finish("longer", new Outcome.Fault("x".repeat(501)));

        assertThat(error("longest")).isEqualTo("x".repeat(500));
        assertThat(error("longer")).isEqualTo("x".repeat(500) + "…");
    }

    private String error(String id) {
        return rig.row(id).attempts().getLast().error();
    }

    @Test
    void aJobThatFailedTooOftenDies() {
        rig.submit(JobSample.named("job").failingAtMost(2));
        rig.fillAll();
        rig.finish("job", Outcomes.FAULT);
        rig.advance(60_000).tick();
        rig.fillAll();

        rig.finish("job", Outcomes.FAULT);

        assertThat(rig.diedOf("job")).isEqualTo("attempts_exhausted");
        assertThat(((JobState.Dead) rig.state("job")).reason().message())
                .isEqualTo("2 attempts failed, the last: status 500");
    }

    @Test
    void aJobThatFailsOnGpusThatServeOthersIsPoison() {
        rig.use(GpuSample.named("alpha"), GpuSample.named("beta"));
        rig.submit(JobSample.named("job").failingAtMost(20));
        for (int fault = 0; fault < 3; fault++) {
            rig.fillAll();
            rig.finish("job", Outcomes.FAULT);
            serveOthers(fault);
            rig.advance(10_000).tick();
        }

        assertThat(rig.diedOf("job")).isEqualTo("poison");
        assertThat(((JobState.Dead) rig.state("job")).reason().message())
                .isEqualTo("failed 3 times on 2 GPUs that serve others, the last: status 500");
        assertThat(rig.row("job").tally().faults()).isEqualTo(3);
    }

    @Test
    void faultsOfAnEarlierRunMakeNoPoison() {
        rig.use(GpuSample.named("alpha"), GpuSample.named("beta"));
        rig.submit(JobSample.named("job").failingAtMost(20));
        for (int fault = 0; fault < 3; fault++) {
            failBesideOthers(fault);
        }
        assertThat(rig.diedOf("job")).isEqualTo("poison");
        rig.requeue(rig.row("job"));

        failBesideOthers(3);
        failBesideOthers(4);
        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
        failBesideOthers(5);

        assertThat(rig.diedOf("job")).isEqualTo("poison");
    }

    private void failBesideOthers(int round) {
        rig.fillAll();
        rig.finish("job", Outcomes.FAULT);
        serveOthers(round);
        rig.advance(10_000).tick();
    }

    @Test
    void aJobThatFailsOnOneGpuAloneIsNot() {
        rig.submit(JobSample.named("job").failingAtMost(20));
        for (int fault = 0; fault < 5; fault++) {
            rig.fillAll();
            rig.finish("job", Outcomes.FAULT);
            rig.running("other-" + fault);
            rig.finish("other-" + fault, Outcomes.COMPLETED);
            rig.advance(60_000).tick();
        }

        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void aJobThatFailsWhereOthersFailTooIsNot() {
        rig.use(GpuSample.named("alpha"), GpuSample.named("beta"));
        rig.submit("job", "other");
        for (int attempt = 0; attempt < 3; attempt++) {
            rig.fillAll();
            rig.finish("job", Outcomes.FAULT);
            rig.finish("other", Outcomes.FAULT);
            rig.advance(60_000).tick();
        }

        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
    }

    /** Each GPU answers a call of another job. */
    private void serveOthers(int round) {
        List<String> others = Stream.of("x", "y").map(name -> name + round).toList();
        others.forEach(rig::submit);
        rig.fillAll();
        others.forEach(id -> rig.finish(id, Outcomes.COMPLETED));
    }

    @Test
    void aRejectedJobDiesAtOnceWithTheCodeOfItsRejection() {
        rig.running("job");
        rig.finish("job", Outcomes.REJECTED);

        assertThat(rig.state("job"))
                .isEqualTo(
                        new JobState.Dead(
                                new JobState.Reason("response_too_large", "9 MiB"), rig.now()));
    }

    @Test
    void aLostCallQueuesItsJobAgainAndBurnsNoAttempt() {
        rig.running("job");
        rig.finish("job", Outcomes.LOST);

        assertThat(rig.state("job")).isEqualTo(new JobState.Queued(rig.now()));
        assertThat(rig.row("job").tally()).isEqualTo(new Tally(0, 1, 0));
        assertThat(rig.fillAll()).containsExactly("job@alpha");
        assertThat(rig.row("job").attempt()).isEqualTo(2);
    }

    @Test
    void aJobWhoseCallsAreLostAgainAndAgainDies() {
        rig.submit("job");
        for (int loss = 0; loss <= RULES.retries().maxLosses(); loss++) {
            rig.fillAll();
            rig.finish("job", Outcomes.LOST);
        }

        assertThat(rig.diedOf("job")).isEqualTo("lost_too_often");
    }

    @Test
    void anAbortNobodyAskedForCountsAsALostCall() {
        rig.running("job");
        rig.finish("job", Outcomes.ABORTED);

        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
        assertThat(rig.row("job").tally()).isEqualTo(new Tally(0, 1, 0));
    }

    @Test
    void onlyTheNewestAttemptsAreRemembered() {
        rig.running("job");
        for (int i = 0; i < 30; i++) {
            rig.finish("job", Outcomes.busyFor(1_000));
            rig.advance(1_000).tick();
            rig.fillAll();
        }

        assertThat(rig.row("job").attempts()).hasSize(20);
        assertThat(rig.row("job").attempts().getLast().number()).isEqualTo(31);
    }

    @Test
    void anOutcomeOfAnUnknownJobChangesNothing() {
        Lease lease = new Lease("nobody", 1, "alpha", PoolRig.EXECUTOR, 0, 1);

        assertThat(rig.finish(lease, Outcomes.COMPLETED)).isEmpty();
    }

    @Test
    void aResponseThatComesAgainIsToldAgainWithItsBody() {
        Lease lease = rig.running("job");
        rig.finish(lease, Outcomes.COMPLETED);
        JobRow ended = rig.row("job");

        assertThat(rig.finish(lease, Outcomes.COMPLETED))
                .isEqualTo(List.of(new Repeated(ended, 1)));
        assertThat(rig.finish(lease, Outcomes.FAULT)).isEqualTo(List.of(new Repeated(ended, 0)));
        assertThat(rig.row("job")).isEqualTo(ended);
    }

    private long due(String id) {
        return ((Retrying) rig.state(id)).dueAt();
    }
}
