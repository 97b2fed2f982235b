package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class PendingTest {

    private static final Instant NOW = JobStory.T0;

    private final JobStory story = new JobStory("job-1");
    private final QueueStory queue = QueueStory.at(NOW).lane(Priority.NORMAL, 10, 5).withRate(0.5);

    @Test
    void aWaitingJobIsToldItsPlaceAndWhenToAskAgain() {
        Pending pending = pending(story.queued(7), queue);

        assertThat(pending.status()).isEqualTo("waiting");
        assertThat(pending.queueState()).isEqualTo("active");
        assertThat(pending.queueStateReason()).isEqualTo("2 ahead, 2 of 2 slots busy");
        assertThat(pending.queuePosition()).hasValue(2);
        assertThat(pending.queueDepth()).hasValue(10);
        assertThat(pending.estimatedWaitSeconds()).hasValue(4.0);
        assertThat(pending.retryAfterSeconds()).isEqualTo(4);
    }

    @Test
    void aWaitingJobIsToldWhichGpusGetNoCalls() {
        Optional<Instant> later = Optional.of(NOW.plusSeconds(20));
        QueueStory troubled =
                queue.withGpus(
                        new GpuStatus("alpha", 1, 1, "CLOSED", Optional.empty(), Optional.empty()),
                        new GpuStatus("beta", 1, 0, "OPEN", later, Optional.empty()),
                        new GpuStatus("delta", 1, 1, "HALF_OPEN", Optional.empty(), later),
                        new GpuStatus("gamma", 1, 0, "CLOSED", Optional.empty(), later));

        assertThat(pending(story.queued(7), troubled).queueStateReason())
                .isEqualTo(
                        "2 ahead, 2 of 2 slots busy; GPU beta failed and gets no calls until %1$s;"
                                        .formatted(later.get())
                                + " GPU delta failed and is tried with one call;"
                                + " GPU gamma is at its limit until "
                                + later.get());
    }

    @Test
    void aWaitingJobIsToldWhichGpusAreDrainedOrDown() {
        QueueStory troubled =
                queue.withGpus(hindered("alpha", "draining"), hindered("beta", "down"));

        assertThat(pending(story.queued(7), troubled).queueStateReason())
                .isEqualTo(
                        "2 ahead, 2 of 2 slots busy; GPU alpha is drained;"
                                + " GPU beta is down by its sidecar");
    }

    @Test
    void aWaitingJobIsToldThatNoSidecarTellsAnything() {
        assertThat(pending(story.queued(7), queue.withBlindMetrics()).queueStateReason())
                .isEqualTo(
                        "2 ahead, 2 of 2 slots busy; no sidecar tells anything, free slots decide");
    }

    @Test
    void aPausedJobIsToldUntilWhenAndWhyAndGetsNoEstimate() {
        Instant end = NOW.plusSeconds(600);
        Pause normal =
                new Pause(
                        new PauseScope(Optional.of(Priority.NORMAL), Optional.empty()),
                        Optional.of(end),
                        Optional.of("night"));

        Pending pending = pending(story.queued(7), queue.withPauses(normal));

        assertThat(pending.queueStateReason())
                .isEqualTo("paused until " + end + " (night); 2 ahead, 2 of 2 slots busy");
        assertThat(pending.queueState()).isEqualTo("paused_capacity");
        assertThat(pending.queuePosition()).hasValue(2);
        assertThat(pending.estimatedWaitSeconds()).isEmpty();
    }

    @Test
    void ofSeveralPausesTheLongestIsTold() {
        Pause brief = new Pause(PauseScope.POOL, Optional.of(NOW.plusSeconds(1)), Optional.empty());
        Pause endless = new Pause(PauseScope.POOL, Optional.empty(), Optional.of("repair"));

        assertThat(pending(story.queued(7), queue.withPauses(endless, brief)).queueStateReason())
                .startsWith("paused (repair); ");
    }

    @Test
    void aPauseOfOthersOrOneThatIsOverIsNotTold() {
        Pause low =
                new Pause(
                        new PauseScope(Optional.of(Priority.LOW), Optional.empty()),
                        Optional.empty(),
                        Optional.empty());
        Pause over = new Pause(PauseScope.POOL, Optional.of(NOW), Optional.empty());

        Pending pending = pending(story.queued(7), queue.withPauses(low, over));

        assertThat(pending.queueStateReason()).isEqualTo("2 ahead, 2 of 2 slots busy");
        assertThat(pending.queueState()).isEqualTo("active");
        assertThat(pending(story.running(), queue.withPauses(low)).queueState())
                .isEqualTo("active");
    }

    private static GpuStatus hindered(String name, String why) {
        return new GpuStatus(
                name,
                1,
                0,
                "CLOSED",
                Optional.empty(),
                Optional.empty(),
                Optional.of(why),
                Optional.of("fresh"));
    }

    @Test
    void thePauseIsNeverOverAMinute() {
        assertThat(pending(story.queued(7), queue.withRate(0.001)).retryAfterSeconds())
                .isEqualTo(60);
    }

    @Test
    void aPoolWithoutGpusIsPaused() {
        Pending pending = pending(story.queued(7), queue.withSlots(0));

        assertThat(pending.queueState()).isEqualTo("paused_capacity");
        assertThat(pending.queueStateReason()).contains("no usable GPU");
    }

    @Test
    void anOwnerThatFellSilentGivesAPlaceButNoTime() {
        QueueSnapshot old = QueueSnapshot.of(queue.status(), NOW.plusSeconds(6));

        Pending pending = pending(story.queued(7), Optional.of(old));

        assertThat(pending.queueState()).isEqualTo("paused_capacity");
        assertThat(pending.queuePosition()).hasValue(2);
        assertThat(pending.estimatedWaitSeconds()).isEmpty();
        assertThat(pending.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void withoutAnyOwnerOnlyTheStateIsKnown() {
        Pending pending = pending(story.accepted(), Optional.empty());

        assertThat(pending.status()).isEqualTo("waiting");
        assertThat(pending.queuePosition()).isEmpty();
        assertThat(pending.queueStateReason()).contains("nothing is heard");
    }

    @Test
    void everyLiveStateHasItsWord() {
        assertThat(pending(story.running(), queue).status()).isEqualTo("processing");
        assertThat(pending(story.running(), queue).queueStateReason()).contains(JobStory.GPU);
        assertThat(pending(story.retrying(), queue).status()).isEqualTo("retrying");
        assertThat(pending(story.retrying(), queue).queueStateReason())
                .contains("connection refused");
    }

    @Test
    void aCompletedJobWhoseResponseIsNotThereYetIsStillProcessing() {
        assertThat(pending(story.completed(), queue).status()).isEqualTo("processing");
        assertThat(pending(story.completed(), queue).queuePosition()).isEmpty();
    }

    @Test
    void whatTheOwnerSaysIsToldAsItIs() {
        List<WaitReason> reasons =
                List.of(
                        WaitReason.of("behind_in_lane", "jobs of its lane go first").times(7),
                        WaitReason.of("full", "all slots are taken").times(2));
        Pending pending = pending(story.queued(7), place(JobStatus.QUEUED, 7, reasons));

        assertThat(pending.exact()).isTrue();
        assertThat(pending.inexactBecause()).isEmpty();
        assertThat(pending.queuePosition()).hasValue(7);
        assertThat(pending.queueDepth()).hasValue(12);
        assertThat(pending.estimatedWaitSeconds()).hasValue(3);
        assertThat(pending.estimatedWaitP90Seconds()).hasValue(9);
        assertThat(pending.reasons()).isEqualTo(reasons);
        assertThat(pending.queueStateReason())
                .isEqualTo("jobs of its lane go first (7); all slots are taken (2)");
        assertThat(pending.queueState()).isEqualTo("active");
    }

    @Test
    void aJobThatOnlyLimitsHoldIsPausedByThem() {
        WaitReason limited =
                WaitReason.of("limited", "GPUs are at their limits").times(1).until(NOW);
        WaitReason full = WaitReason.of("full", "all slots are taken").times(1);

        assertThat(pending(story.queued(7), place(JobStatus.QUEUED, 0, List.of(limited))))
                .satisfies(pending -> {
                    assertThat(pending.queueState()).isEqualTo("paused_rate_limit");
                    assertThat(pending.queueStateReason())
                            .isEqualTo("GPUs are at their limits (1) until " + NOW);
                });
        assertThat(
                        pending(story.queued(7), place(JobStatus.QUEUED, 0, List.of(limited, full)))
                                .queueState())
                .isEqualTo("active");
    }

    @Test
    void aJobThatHasBegunByNowHasNobodyAhead() {
        JobPlace begun =
                new JobPlace(
                        "job-1",
                        "small",
                        JobStatus.RUNNING,
                        OptionalLong.empty(),
                        4,
                        Optional.empty(),
                        List.of(),
                        NOW);

        Pending pending = pending(story.queued(7), begun);

        assertThat(pending.exact()).isTrue();
        assertThat(pending.queuePosition()).hasValue(0);
        assertThat(pending.estimatedWaitSeconds()).hasValue(0);
    }

    @Test
    void anEstimateSaysWhyItIsOne() {
        Pending pending = pending(story.queued(7), queue);

        assertThat(pending.exact()).isFalse();
        assertThat(pending.inexactBecause()).contains(Inexact.OWNER_BUSY);
        assertThat(pending.reasons()).isEmpty();
        assertThat(pending.estimatedWaitP90Seconds().orElseThrow())
                .isGreaterThan(pending.estimatedWaitSeconds().orElseThrow());
    }

    private static JobPlace place(JobStatus state, long position, List<WaitReason> reasons) {
        return new JobPlace(
                "job-1",
                JobStory.POOL,
                state,
                OptionalLong.of(position),
                12,
                Optional.of(new WaitEstimate(3, 9)),
                reasons,
                NOW);
    }

    private Pending pending(JobView job, JobPlace place) {
        Optional<QueueSnapshot> known = Optional.of(QueueSnapshot.of(queue.status(), NOW));
        return Pending.of(job, JobStanding.told(job, place, known), known, NOW);
    }

    private static Pending pending(JobView job, QueueStory queue) {
        return pending(job, Optional.of(QueueSnapshot.of(queue.status(), NOW)));
    }

    private static Pending pending(JobView job, Optional<QueueSnapshot> queue) {
        JobStanding standing =
                JobStanding.waits(job)
                        ? JobStanding.estimated(job, queue, Inexact.OWNER_BUSY)
                        : JobStanding.ofOneThatWaitsNot(job, queue);
        return Pending.of(job, standing, queue, NOW);
    }
}
