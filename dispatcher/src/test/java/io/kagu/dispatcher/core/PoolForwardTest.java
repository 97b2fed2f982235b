package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.WaitReason;
import io.kagu.dispatcher.core.PoolEvent.CancelForwarded;
import io.kagu.dispatcher.core.PoolEvent.Conflicted;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

class PoolForwardTest {

    private static final Map<String, String> AWAY = Map.of("a", "p2");
    private static final Map<String, String> HERE = Map.of("a", "p1");
    private static final long STAY = Departures.LEAST_STAY;
    private static final long STORED = Departures.STORED_AFTER;
    private static final int BATCH = PoolRules.DEFAULTS.batch();

    private final PoolRig rig = new PoolRig();

    @Test
    void aWaitingJobFollowsItsModelOnceItsMarkerIsStored() {
        rig.submit("job");
        leave();

        assertThat(rig.state("job")).isEqualTo(new JobState.Forwarded("p2", rig.now()));
        assertThat(rig.advance(STORED - 1).tick()).isEmpty();
        assertThat(rig.advance(1).tick()).containsExactly(new Repeated(rig.row("job"), 0));
        assertThat(rig.advance(STORED).tick()).isEmpty();
    }

    @Test
    void readersGoOnSeeingItQueuedAndAreToldWhere() {
        rig.submit("job");
        long before = rig.row("job").version();
        leave();

        JobView view = JobViews.of(rig.row("job"));

        assertThat(view.state()).isEqualTo(JobStatus.QUEUED);
        assertThat(view.version()).isEqualTo(before + 1);
        assertThat(view.finishedAt()).isEmpty();
        assertThat(view.reason()).map(JobView.Reason::code).contains("forwarded");
        assertThat(rig.pool().place(rig.row("job"), rig.now()).reasons())
                .extracting(WaitReason::code)
                .containsExactly("forwarded");
    }

    @Test
    void whatIsOnItsWayHoldsNoTicketAndCountsUntilItIsSent() {
        rig.submit("job");
        leave();

        assertThat(rig.status().lanes()).allMatch(lane -> lane.waiting() == 0);
        assertThat(rig.pool().live()).isEqualTo(1);
        rig.advance(STORED).tick();
        assertThat(rig.pool().live()).isZero();
        rig.use(HERE, GpuSample.named("alpha"));
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void theLetterOfAJobThatWentOnIsItsNewPoolsToTakeBack() {
        rig.submit("job");
        JobRow before = rig.row("job");
        leave();
        rig.advance(STORED).tick();

        assertThat(rig.requeue(before)).containsExactly(new Repeated(rig.row("job"), 0));
        assertThat(rig.discard("job", 1)).containsExactly(new Repeated(rig.row("job"), 0));
    }

    @Test
    void aJobStaysWhileItsModelBelongsToThisPoolOrToNone() {
        rig.submit("job");
        rig.use(HERE);
        rig.advance(STAY).tick();
        rig.use(Map.of());
        rig.advance(STAY).tick();

        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void aJobThatJustCameIsNotSentBackAtOnce() {
        rig.use(AWAY);
        rig.submit("early");
        rig.advance(STAY);
        rig.submit("late");
        rig.tick();

        assertThat(rig.state("early")).isInstanceOf(JobState.Forwarded.class);
        assertThat(rig.state("late")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void noMoreThanABatchLeavesAtOnceInTheOrderOfTheQueue() {
        rig.use(AWAY);
        IntStream.rangeClosed(0, BATCH).forEach(i -> rig.submit("job-" + i));
        rig.advance(STAY);

        assertThat(rig.tick()).hasSize(BATCH);
        assertThat(rig.state("job-" + BATCH)).isInstanceOf(JobState.Queued.class);
        assertThat(rig.tick()).hasSize(1);
    }

    @Test
    void theBatchIsThatOfAllModels() {
        rig.use(Map.of("a", "p2", "b", "p3"));
        IntStream.range(0, BATCH - 1).forEach(i -> rig.submit("job-" + i));
        rig.submit(JobSample.named("first").asking("b"));
        rig.submit(JobSample.named("second").asking("b"));
        rig.advance(STAY);

        assertThat(rig.tick()).hasSize(BATCH);
        assertThat(rig.state("first")).isEqualTo(new JobState.Forwarded("p3", rig.now()));
        assertThat(rig.state("second")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void noMoreThanABatchIsSentAtOnce() {
        rig.use(AWAY);
        IntStream.rangeClosed(0, BATCH).forEach(i -> rig.submit("job-" + i));
        rig.advance(STAY).tick();
        rig.tick();
        rig.advance(STORED);

        assertThat(rig.tick()).hasSize(BATCH);
        assertThat(rig.tick()).hasSize(1);
    }

    @Test
    void aJobWhoseModelBelongsElsewhereDoesNotDie() {
        rig.use(AWAY);
        rig.submit("job");

        assertThat(rig.advance(PoolRules.DEFAULTS.unservedAfter()).tick()).hasSize(1);
        assertThat(rig.state("job")).isInstanceOf(JobState.Forwarded.class);
    }

    @Test
    void aRunningJobStaysForItsOutcomeAndLeavesWhenItIsToWaitAgain() {
        rig.use(GpuSample.named("alpha"));
        rig.running("job");
        rig.use(AWAY);
        assertThat(rig.advance(STAY).tick()).isEmpty();

        rig.finish("job", Outcomes.FAULT);
        rig.advance(5_000).tick();
        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
        rig.advance(STAY).tick();

        assertThat(rig.state("job")).isInstanceOf(JobState.Forwarded.class);
    }

    @Test
    void aJobPastItsDeadlineExpiresHere() {
        rig.use(AWAY);
        rig.submit(JobSample.named("job").until(rig.now() + STAY));
        rig.advance(STAY).tick();

        assertThat(rig.state("job")).isInstanceOf(JobState.Expired.class);
    }

    @Test
    void aJobThatExpiresDoesNotLeaveAsWell() {
        rig.use(AWAY);
        rig.submit(JobSample.named("job").until(rig.now() + STAY));

        assertThat(rig.advance(STAY).tick()).hasSize(1);
    }

    @Test
    void whatComesAgainSendsTheJobAgainButNotBeforeItsMarkerIsStored() {
        rig.use(GpuSample.named("alpha"));
        Lease lease = rig.running("job");
        rig.finish("job", new Outcome.Lost("its executor fell silent"));
        leave();
        PoolEvent again = new Repeated(rig.row("job"), 0);

        assertThat(rig.submit(JobSample.named("job"))).isEmpty();
        assertThat(rig.finish(lease, Outcomes.COMPLETED)).isEmpty();
        rig.advance(STORED).tick();

        assertThat(rig.submit(JobSample.named("job"))).containsExactly(again);
        assertThat(rig.finish(lease, Outcomes.COMPLETED)).containsExactly(again);
        assertThat(rig.submit(JobSample.named("job"), 8))
                .containsExactly(again, new Conflicted(rig.row("job")));
    }

    @Test
    void aCancelEndsWhatWasNotSentAndFollowsWhatWas() {
        rig.submit("early", "late");
        leave();
        rig.cancel("early");
        rig.advance(STORED).tick();

        assertThat(rig.state("early")).isEqualTo(new JobState.Cancelled(rig.now() - STORED));
        assertThat(rig.cancel("late"))
                .containsExactly(
                        new Repeated(rig.row("late"), 0),
                        new CancelForwarded("late", OptionalInt.empty(), "p2", rig.now()));
        assertThat(rig.pool().live()).isZero();
    }

    @Test
    void anotherPoolGoesOnWhereThisOneLeftIt() {
        rig.use(GpuSample.named("alpha"));
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);
        rig.advance(5_000).tick();
        leave();
        Handover left = Handover.of(rig.row("job"));
        PoolRig next = new PoolRig();
        next.advance(60_000);
        next.use(GpuSample.named("beta"));
        next.run(adopt("job", left, next));

        JobRow row = next.row("job");
        assertThat(row.version()).isEqualTo(left.version() + 1);
        assertThat(row.queuedAt()).isEqualTo(PoolRig.START);
        assertThat(row.deadline()).isEqualTo(left.deadline());
        assertThat(row.tally().faults()).isEqualTo(1);
        assertThat(row.attempts()).isEqualTo(left.attempts()).hasSize(1);
        next.fillAll();
        assertThat(next.lease("job").attempt()).isEqualTo(2);
        for (int fault = 2; fault <= 4; fault++) {
            next.finish("job", Outcomes.FAULT);
            next.advance(20_000).tick();
            next.fillAll();
        }
        assertThat(next.diedOf("job")).isEqualTo("attempts_exhausted");
    }

    @Test
    void aJobThatComesTwiceIsTakenOnce() {
        rig.submit("job");
        leave();
        Handover left = Handover.of(rig.row("job"));
        PoolRig next = new PoolRig();
        next.run(adopt("job", left, next));

        assertThat(next.run(adopt("job", left, next)))
                .containsExactly(new Repeated(next.row("job"), 0));
        next.cancel("job");
        assertThat(next.run(adopt("job", left, next)))
                .containsExactly(new Repeated(next.row("job"), 0));
    }

    @Test
    void aJobComesBackWithItsModelAndAnOldRecordOfItDoesNot() {
        rig.submit("job");
        leave();
        rig.advance(STORED).tick();
        Handover first = Handover.of(rig.row("job"));
        PoolRig next = new PoolRig();
        next.run(adopt("job", first, next));
        next.use(Map.of("a", "p1"));
        next.run(new PoolCommand.UseGpus(List.of(), Map.of("a", "p3"), next.now()));
        next.advance(STAY).tick();
        Handover second = Handover.of(next.row("job"));

        List<PoolEvent> taken = rig.run(adopt("job", second, rig));

        assertThat(taken)
                .singleElement()
                .isInstanceOfSatisfying(
                        PoolEvent.Moved.class,
                        // It left this pool long ago: it comes as a new one.
                        moved -> assertThat(moved.from()).isEmpty());
        assertThat(rig.state("job")).isInstanceOf(JobState.Queued.class);
        assertThat(rig.row("job").version()).isEqualTo(second.version() + 1);
        next.advance(STORED).tick();
        assertThat(next.run(adopt("job", first, next)))
                .containsExactly(new Repeated(next.row("job"), 0));
    }

    @Test
    void aJobThatWasSubmittedAgainBeforeItArrivedGoesOnFromWhereItWas() {
        rig.use(GpuSample.named("alpha"));
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);
        rig.advance(5_000).tick();
        leave();
        Handover left = Handover.of(rig.row("job"));
        PoolRig next = new PoolRig();
        next.submit("job");
        next.run(adopt("job", left, next));

        assertThat(next.row("job").version()).isEqualTo(left.version() + 1);
        assertThat(next.row("job").attempt()).isEqualTo(1);
        assertThat(next.position("job")).isZero();
    }

    @Test
    void aJobThatWaitsAgainAtTheSameVersionGoesOnFromThere() {
        PoolRig next = new PoolRig();
        next.use(GpuSample.named("beta"));
        next.running("job");
        next.finish("job", Outcomes.LOST);
        JobRow waits = next.row("job");

        next.run(adopt("job", Handover.of(waits), next));

        assertThat(next.row("job").version()).isEqualTo(waits.version() + 1);
        assertThat(next.row("job").attempts()).isEqualTo(waits.attempts());
    }

    @Test
    void aJobThatEndedHereBeforeItsRecordCameStaysEnded() {
        PoolRig next = new PoolRig();
        next.submit("job");
        next.cancel("job");
        JobRow cancelled = next.row("job");

        assertThat(next.run(adopt("job", ofRun(1), next)))
                .containsExactly(new Repeated(cancelled, 0));
    }

    @Test
    void aLaterRunIsTakenInWhereAnEarlierOneEnded() {
        PoolRig next = new PoolRig();
        next.submit("job");
        next.cancel("job");

        next.run(adopt("job", ofRun(2), next));

        assertThat(next.state("job")).isInstanceOf(JobState.Queued.class);
        assertThat(next.row("job").run()).isEqualTo(2);
        assertThat(next.row("job").version()).isEqualTo(10);
        assertThat(next.pool().live()).isEqualTo(1);
    }

    private static Handover ofRun(int run) {
        long deadline = PoolRig.START + 60_000;
        return new Handover(
                Handover.SCHEMA, run, 9, PoolRig.START, deadline, 0, JobRow.Tally.NONE, List.of());
    }

    @Test
    void aCallThatBeganBeforeTheJobArrivedGoesOnAlone() {
        rig.submit("job");
        leave();
        PoolRig next = new PoolRig();
        next.use(GpuSample.named("beta"));
        next.running("job");
        JobRow running = next.row("job");

        assertThat(next.run(adopt("job", Handover.of(rig.row("job")), next)))
                .containsExactly(new Repeated(running, 0));
    }

    @Test
    void aCancelThatCameFirstEndsTheJobOnArrival() {
        rig.submit("job");
        leave();
        PoolRig next = new PoolRig();
        next.cancel("job");
        next.run(adopt("job", Handover.of(rig.row("job")), next));

        assertThat(next.state("job")).isInstanceOf(JobState.Cancelled.class);
        assertThat(next.row("job").version()).isGreaterThan(rig.row("job").version());
    }

    @Test
    void aLaneThatEveryJobLeftStartsAgain() {
        rig.submit(JobSample.named("dear").costing(10_000));
        rig.submit("second");
        assertThat(rig.row("second").tag()).isPositive();
        leave();
        rig.submit("third");

        assertThat(rig.row("third").tag()).isZero();
    }

    private void leave() {
        rig.use(AWAY);
        rig.advance(STAY).tick();
    }

    private static PoolCommand adopt(String id, Handover before, PoolRig to) {
        PoolCommand.Submit submit = JobSample.named(id).submit(7, to.now());
        return new PoolCommand.Adopt(submit, before);
    }
}
