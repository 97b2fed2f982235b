package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent.Type;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.core.JobState.Dead;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What readers are told of a job, and what an owner that lost its row makes of that. */
class JobViewsTest {

    private final PoolRig rig = new PoolRig();

    JobViewsTest() {
        rig.use(GpuSample.named("alpha"));
    }

    @Test
    void aWaitingJobTellsItsPlaceAndItsTimes() {
        JobSample sample = JobSample.named("job").by("acme").in(Priority.HIGH);
        rig.submit(sample.until(PoolRig.START + 9_000));

        assertThat(view())
                .isEqualTo(
                        new JobView(
                                "job",
                                PoolRig.POOL,
                                "a",
                                Priority.HIGH,
                                "acme",
                                JobStatus.QUEUED,
                                1,
                                1,
                                OptionalLong.of(1),
                                Instant.EPOCH,
                                Optional.of(after(0)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(after(9_000)),
                                after(0),
                                0,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                OptionalInt.empty()));
        assertThat(type()).isEqualTo(Type.JOB_QUEUED);
    }

    @Test
    void aRunningJobTellsItsCall() {
        rig.submit("job");
        rig.advance(5).fillAll();

        assertThat(view().state()).isEqualTo(JobStatus.RUNNING);
        assertThat(view().queuedAt()).contains(after(0));
        assertThat(view().startedAt()).contains(after(5));
        assertThat(view().updatedAt()).isEqualTo(after(5));
        assertThat(view().gpu()).contains("alpha");
        assertThat(view().attemptCount()).isEqualTo(1);
        assertThat(view().attempts())
                .containsExactly(
                        new AttemptView(
                                1,
                                "alpha",
                                PoolRig.EXECUTOR,
                                after(5),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Choices.SOLE),
                                OptionalLong.empty()));
        assertThat(view().cancelRequested()).isFalse();
        assertThat(type()).isEqualTo(Type.JOB_STARTED);

        rig.cancel("job");
        assertThat(view().cancelRequested()).isTrue();
        assertThat(type()).isEqualTo(Type.JOB_CANCEL_REQUESTED);
    }

    @Test
    void aRetryingJobTellsWhatWentWrongAndWhenItIsTriedAgain() {
        rig.running("job");
        rig.advance(7).finish("job", Outcomes.busyFor(3_000));

        assertThat(view().state()).isEqualTo(JobStatus.RETRYING);
        assertThat(view().dueAt()).contains(after(3_007));
        assertThat(view().finishedAt()).isEmpty();
        assertThat(view().reason()).contains(new Reason("overloaded", "status 429"));
        assertThat(view().attempts())
                .containsExactly(
                        new AttemptView(
                                1,
                                "alpha",
                                PoolRig.EXECUTOR,
                                after(0),
                                Optional.of(after(7)),
                                Optional.of("overloaded"),
                                Optional.of("status 429"),
                                Optional.of(Choices.SOLE),
                                OptionalLong.empty()));
        assertThat(type()).isEqualTo(Type.JOB_RETRYING);
    }

    @Test
    void aCompletedJobTellsItsStatusAndItsTokens() {
        rig.running("job");
        rig.advance(7).completes("job", 42);

        assertThat(view().state()).isEqualTo(JobStatus.COMPLETED);
        assertThat(view().finishedAt()).contains(after(7));
        assertThat(view().responseStatus()).hasValue(200);
        assertThat(view().reason()).isEmpty();
        assertThat(view().dueAt()).isEmpty();
        assertThat(view().attempts().getFirst().tokens()).hasValue(42);
        assertThat(view().attempts().getFirst().error()).isEmpty();
        assertThat(type()).isEqualTo(Type.JOB_COMPLETED);
    }

    @Test
    void aDeadJobTellsWhatItDiedOf() {
        rig.running("job");
        rig.finish("job", Outcomes.REJECTED);

        assertThat(view().state()).isEqualTo(JobStatus.DEAD);
        assertThat(view().reason()).contains(new Reason("response_too_large", "9 MiB"));
        assertThat(view().responseStatus()).isEmpty();
        assertThat(type()).isEqualTo(Type.JOB_DEAD);
    }

    @Test
    void aCancelledJobSaysSo() {
        rig.submit("job");
        rig.cancel("job");

        assertThat(view().state()).isEqualTo(JobStatus.CANCELLED);
        assertThat(view().reason()).contains(new Reason("cancelled", "cancelled on request"));
        assertThat(type()).isEqualTo(Type.JOB_CANCELLED);
    }

    @Test
    void anExpiredJobSaysSo() {
        rig.submit(JobSample.named("job").until(PoolRig.START));

        assertThat(view().state()).isEqualTo(JobStatus.EXPIRED);
        assertThat(view().reason())
                .contains(new Reason("expired", "the deadline passed before a GPU was free"));
        assertThat(type()).isEqualTo(Type.JOB_EXPIRED);
    }

    @Test
    void whatReadersWereToldOfAttemptsIsAllThereWas() {
        rig.running("job");
        rig.advance(3).finish("job", Outcomes.FAULT);
        rig.advance(5_000).tick();
        rig.fillAll();
        JobRow running = rig.row("job");
        rig.advance(3).completes("job", 42);
        JobRow ended = rig.row("job");

        assertThat(JobViews.told(JobViews.attempts(running))).isEqualTo(running.attempts());
        assertThat(JobViews.told(JobViews.attempts(ended))).isEqualTo(ended.attempts());
    }

    @Test
    void theEndThatReadersWereToldIsTheJobs() {
        rig.running("completed");
        rig.advance(3).completes("completed", 42);
        rig.running("dead");
        rig.finish("dead", Outcomes.REJECTED);
        rig.submit("cancelled");
        rig.cancel("cancelled");
        rig.submit(JobSample.named("expired").until(PoolRig.START));

        for (String id : List.of("completed", "dead", "cancelled", "expired")) {
            JobRow row = rig.row(id);
            assertThat(JobViews.end(JobViews.of(row)))
                    .contains(
                            new EarlyEnd(
                                    (JobState.Terminal) row.state(),
                                    row.run(),
                                    row.version(),
                                    row.attempt(),
                                    row.attempts()));
        }
    }

    @Test
    void aJobThatHasNotEndedWasToldNoEnd() {
        rig.submit("job");
        assertThat(JobViews.end(view())).isEmpty();
        rig.fillAll();
        assertThat(JobViews.end(view())).isEmpty();
        rig.finish("job", Outcomes.FAULT);
        assertThat(JobViews.end(view())).isEmpty();
    }

    @Test
    void whatAnEndDidNotTellIsFilledIn() {
        JobState.Terminal dead = told(JobStatus.DEAD);
        JobState.Terminal completed = told(JobStatus.COMPLETED);

        assertThat(((Dead) dead).reason()).isEqualTo(new JobState.Reason("unknown", ""));
        assertThat(completed).isEqualTo(new JobState.Completed(200, PoolRig.START));
    }

    /** An end of which no more was told than when. */
    private JobState.Terminal told(JobStatus state) {
        rig.submit("job");
        JobView full = view();
        JobView bare =
                new JobView(
                        full.id(),
                        full.pool(),
                        full.model(),
                        full.priority(),
                        full.tenant(),
                        state,
                        full.version(),
                        full.run(),
                        full.sequence(),
                        full.submittedAt(),
                        full.queuedAt(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        full.deadline(),
                        after(0),
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        OptionalInt.empty());
        return JobViews.end(bare).orElseThrow().state();
    }

    private JobView view() {
        return JobViews.of(rig.row("job"));
    }

    private Type type() {
        return JobViews.typeOf(rig.state("job"));
    }

    private static Instant after(long millis) {
        return Instant.ofEpochMilli(PoolRig.START + millis);
    }
}
