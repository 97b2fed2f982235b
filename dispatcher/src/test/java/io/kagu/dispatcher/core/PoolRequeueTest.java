package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** A dead job gets another run, or its dead letter is taken back. */
class PoolRequeueTest {

    private final PoolRig rig = new PoolRig();

    @BeforeEach
    void aGpu() {
        rig.use(GpuSample.named("alpha"));
    }

    @Test
    void aDeadJobIsQueuedForItsNextRun() {
        JobRow dead = dies("job");

        List<PoolEvent> events = rig.requeue(dead);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        PoolEvent.Moved.class,
                        moved -> {
                            assertThat(moved.type()).isEqualTo(JobEvent.Type.JOB_QUEUED);
                            assertThat(moved.startsRun()).isTrue();
                        });
        JobRow next = rig.row("job");
        assertThat(next.run()).isEqualTo(2);
        assertThat(next.version()).isEqualTo(dead.version() + 1);
        assertThat(next.tally()).isEqualTo(JobRow.Tally.NONE);
        assertThat(rig.pool().live()).isEqualTo(1);
    }

    @Test
    void theEndOfALaterRunLeavesTheSharesOfTheOthersThatWait() {
        rig.requeue(dies("job"));
        rig.submit("first");
        rig.cancel("job");

        rig.submit("second");

        assertThat(rig.row("second").tag()).isGreaterThan(rig.row("first").tag());
    }

    @Test
    void attemptsAreNumberedOn() {
        JobRow dead = dies("job");
        rig.requeue(dead);

        assertThat(rig.fillAll()).containsExactly("job@alpha");
        assertThat(rig.lease("job").attempt()).isEqualTo(2);
        assertThat(rig.row("job").attempts()).extracting(Attempt::number).containsExactly(1, 2);
    }

    @Test
    void theNextRunHasAllItsAttempts() {
        rig.submit(JobSample.named("job").failingAtMost(1));
        rig.fillAll();
        rig.finish("job", Outcomes.FAULT);
        assertThat(rig.diedOf("job")).isEqualTo("attempts_exhausted");
        rig.requeue(rig.row("job"));
        rig.fillAll();

        rig.finish("job", Outcomes.FAULT);

        assertThat(rig.diedOf("job")).isEqualTo("attempts_exhausted");
        assertThat(rig.row("job").run()).isEqualTo(2);
        assertThat(rig.row("job").tally().faults()).isEqualTo(1);
    }

    @Test
    void theSameRequeueTwiceStartsOneRun() {
        JobRow dead = dies("job");
        rig.requeue(dead);

        assertThat(rig.requeue(dead)).containsExactly(repeated("job"), withoutLetter("job"));

        rig.fillAll();
        rig.finish("job", Outcomes.REJECTED);
        assertThat(rig.requeue(dead)).containsExactly(repeated("job"));
        assertThat(rig.row("job").run()).isEqualTo(2);
    }

    @Test
    void aCancelOfTheRunBeforeThatComesAgainEndsNothing() {
        rig.requeue(dies("job"));

        assertThat(rig.cancel("job", 1)).containsExactly(repeated("job"));
        rig.fillAll();
        assertThat(rig.cancel("job", 1)).containsExactly(repeated("job"));
        assertThat(rig.row("job").live()).isTrue();
    }

    @Test
    void aCancelOfTheRunThatIsEndsIt() {
        rig.requeue(dies("job"));

        rig.cancel("job", 2);

        assertThat(rig.state("job")).isEqualTo(new JobState.Cancelled(rig.now()));
    }

    @Test
    void aJobThatIsNotDeadIsNotQueuedAgain() {
        rig.running("job");
        JobRow running = rig.row("job");
        assertThat(rig.requeue(running)).containsExactly(repeated("job"), withoutLetter("job"));

        rig.finish("job", Outcomes.COMPLETED);
        JobRow completed = rig.row("job");
        assertThat(rig.requeue(completed)).containsExactly(repeated("job"), withoutLetter("job"));
    }

    @Test
    void anOwnerThatForgotTheJobTakesItOverFromTheCommand() {
        JobRow dead = dies("job");
        PoolRig other = new PoolRig();
        other.use(GpuSample.named("alpha"));

        other.requeue(dead);

        JobRow next = other.row("job");
        assertThat(next.run()).isEqualTo(2);
        assertThat(next.version()).isEqualTo(dead.version() + 1);
        assertThat(next.attempts()).isEqualTo(dead.attempts());
        other.fillAll();
        assertThat(other.lease("job").attempt()).isEqualTo(2);
    }

    @Test
    void theNextOfARunThatHappenedElsewhereFollowsThatRun() {
        JobRow first = dies("job");
        PoolRig other = new PoolRig();
        other.use(GpuSample.named("alpha"));
        other.requeue(first);
        other.fillAll();
        other.finish("job", Outcomes.REJECTED);
        JobRow second = other.row("job");

        rig.requeue(second);

        assertThat(rig.row("job").run()).isEqualTo(3);
        assertThat(rig.row("job").version()).isEqualTo(second.version() + 1);
        assertThat(rig.row("job").attempts()).isEqualTo(second.attempts());
    }

    @Test
    void aDeadlineThatHasPassedIsReplacedByTheLongestWait() {
        rig.submit(JobSample.named("job").until(rig.now() + 1_000));
        rig.fillAll();
        rig.finish("job", Outcomes.REJECTED);
        rig.advance(5_000);

        rig.requeue(rig.row("job"));

        assertThat(rig.row("job").deadline()).isEqualTo(rig.now() + PoolRules.DEFAULTS.maxWait());
        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void aDeadlineThatComesNowIsReplacedToo() {
        rig.submit(JobSample.named("job").until(rig.now() + 1_000));
        rig.fillAll();
        rig.finish("job", Outcomes.REJECTED);

        rig.advance(1_000).requeue(rig.row("job"));

        assertThat(rig.row("job").deadline()).isEqualTo(rig.now() + PoolRules.DEFAULTS.maxWait());
    }

    @Test
    void anOwnerThatLostALaterRunGoesOnFromTheCommand() {
        JobRow dead = dies("job");
        PoolCommand.Submit submit = JobSample.named("job").submit(7, rig.now());

        rig.run(new PoolCommand.Requeue(submit, 2, 9, dead.attempts()));

        assertThat(rig.row("job").run()).isEqualTo(3);
        assertThat(rig.row("job").version()).isEqualTo(10);
    }

    @Test
    void aDeadlineThatHasNotStands() {
        long deadline = rig.now() + 60_000;
        rig.submit(JobSample.named("job").until(deadline));
        rig.fillAll();
        rig.finish("job", Outcomes.REJECTED);

        rig.requeue(rig.row("job"));

        assertThat(rig.row("job").deadline()).isEqualTo(deadline);
    }

    @Test
    void aFullPoolTakesNoRequeueEither() {
        PoolRig full = PoolRig.holding(1);
        full.use(GpuSample.named("alpha"));
        full.running("dead");
        full.finish("dead", Outcomes.REJECTED);
        full.submit("other");

        full.requeue(full.row("dead"));

        assertThat(full.diedOf("dead")).isEqualTo("overflow");
        assertThat(full.row("dead").run()).isEqualTo(2);
    }

    @Test
    void aRunWhoseEndWasToldEndsSoAgain() {
        JobRow dead = dies("job");
        rig.pool()
                .apply(
                        new PoolEvent.EndRemembered(
                                "job",
                                new EarlyEnd(
                                        new JobState.Completed(200, rig.now()),
                                        2,
                                        dead.version() + 3,
                                        2,
                                        dead.attempts())));

        rig.requeue(dead);

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
        assertThat(rig.row("job").run()).isEqualTo(2);
        assertThat(rig.row("job").version()).isEqualTo(dead.version() + 3);
    }

    @Test
    void aCancelOfBeforeTheJobEndsItsFirstRunOnly() {
        JobRow dead = dies("elsewhere");
        PoolRig other = new PoolRig();
        other.cancel("elsewhere");

        other.requeue(dead);

        assertThat(other.state("elsewhere")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void aLateOutcomeOfTheLastRunChangesNothing() {
        rig.running("job");
        Lease first = rig.lease("job");
        rig.finish(first, Outcomes.REJECTED);
        rig.requeue(rig.row("job"));
        rig.fillAll();

        assertThat(rig.finish(first, Outcomes.COMPLETED)).isEmpty();
        assertThat(rig.state("job")).isInstanceOf(JobState.Running.class);
    }

    @Test
    void aRequeuedJobIsFreshWorkOfItsTenant() {
        rig.requeue(dies("job"));
        assertThat(Ticket.of(rig.row("job"), TenantWeights.EQUAL).begun()).isFalse();

        rig.fillAll();
        rig.finish("job", Outcomes.LOST);
        assertThat(Ticket.of(rig.row("job"), TenantWeights.EQUAL).begun()).isTrue();
    }

    @Test
    void aDiscardedLetterStaysTakenBack() {
        JobRow dead = dies("job");

        assertThat(rig.discard("job", 1))
                .containsExactly(
                        new PoolEvent.LetterWithdrawn(
                                "job",
                                Optional.of(dead.in(((JobState.Dead) dead.state()).discard())),
                                rig.now()));
        assertThat(rig.discard("job", 1)).hasSize(1);
        assertThat(((JobState.Dead) rig.state("job")).discarded()).isTrue();
    }

    @Test
    void aDiscardOfAnEarlierRunsLetterChangesNothing() {
        JobRow dead = dies("job");
        rig.requeue(dead);
        assertThat(rig.discard("job", 1)).containsExactly(repeated("job"), withoutLetter("job"));

        rig.fillAll();
        rig.finish("job", Outcomes.REJECTED);
        assertThat(rig.discard("job", 1)).containsExactly(repeated("job"));
        assertThat(((JobState.Dead) rig.state("job")).discarded()).isFalse();
    }

    @Test
    void aLetterOfNoJobIsDiscardedToo() {
        assertThat(rig.discard("unreadable", 1))
                .containsExactly(
                        new PoolEvent.LetterWithdrawn("unreadable", Optional.empty(), rig.now()));
    }

    private PoolEvent withoutLetter(String id) {
        return new PoolEvent.LetterWithdrawn(id, Optional.empty(), rig.now());
    }

    private PoolEvent repeated(String id) {
        return new PoolEvent.Repeated(rig.row(id), 0);
    }

    private JobRow dies(String id) {
        rig.running(id);
        rig.finish(id, Outcomes.REJECTED);
        return rig.row(id);
    }
}
