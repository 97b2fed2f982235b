package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

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

        Pending pending = Pending.of(story.queued(7), Optional.of(old), NOW);

        assertThat(pending.queueState()).isEqualTo("paused_capacity");
        assertThat(pending.queuePosition()).hasValue(2);
        assertThat(pending.estimatedWaitSeconds()).isEmpty();
        assertThat(pending.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void withoutAnyOwnerOnlyTheStateIsKnown() {
        Pending pending = Pending.of(story.accepted(), Optional.empty(), NOW);

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

    private static Pending pending(JobView job, QueueStory queue) {
        return Pending.of(job, Optional.of(QueueSnapshot.of(queue.status(), NOW)), NOW);
    }
}
