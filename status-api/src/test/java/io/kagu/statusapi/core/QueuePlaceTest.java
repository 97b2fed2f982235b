package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.common.job.WaitEstimate;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;

import org.junit.jupiter.api.Test;

class QueuePlaceTest {

    private final JobStory story = new JobStory("job-1", Priority.NORMAL);
    private final QueueStory queue =
            QueueStory.at(JobStory.T0)
                    .lane(Priority.HIGH, 3, 90)
                    .lane(Priority.NORMAL, 10, 5)
                    .lane(Priority.LOW, 100, 1);

    @Test
    void higherLanesGoFirstThenWhoCameEarlierInTheSameLane() {
        QueuePlace place = place(story.queued(7), queue);

        assertThat(place.position()).isEqualTo(3 + 2);
        assertThat(place.depth()).isEqualTo(113);
    }

    @Test
    void thePositionIsNeverOutsideTheLane() {
        assertThat(place(story.queued(1), queue).position()).isEqualTo(3);
        assertThat(place(story.queued(1000), queue).position()).isEqualTo(3 + 9);
    }

    @Test
    void aJobThatWasNotTakenInYetStandsBehindItsLane() {
        assertThat(place(story.accepted(), queue).position()).isEqualTo(3 + 10);
    }

    @Test
    void anEmptyLaneHasItsNextJobInFront() {
        QueueStory empty = QueueStory.at(JobStory.T0).lane(Priority.NORMAL, 0, 0);

        assertThat(place(story.queued(7), empty).position()).isZero();
    }

    @Test
    void aRunningJobHasNobodyAhead() {
        QueuePlace place = place(story.running(), queue);

        assertThat(place.position()).isZero();
        assertThat(place.estimatedWait()).contains(WaitEstimate.NONE);
    }

    @Test
    void anEndedJobHasNoPlace() {
        assertThat(QueuePlace.of(story.completed(), queue.status())).isEmpty();
        assertThat(QueuePlace.of(story.ended(JobStatus.DEAD, "rejected"), queue.status()))
                .isEmpty();
    }

    @Test
    void theWaitFollowsTheRateAtWhichJobsEnd() {
        assertThat(p50(queue.withRate(2).withService(9e9))).isEqualTo(2.5);
    }

    @Test
    void beforeAnyJobEndedTheWaitFollowsTheServiceTime() {
        assertThat(p50(queue.withService(4_000))).isEqualTo(5 * 4.0 / 2);
    }

    @Test
    void withNothingToGoByThereIsNoEstimate() {
        assertThat(place(story.queued(7), queue).estimatedWait()).isEmpty();
        assertThat(place(story.queued(7), queue.withSlots(0).withService(10)).estimatedWait())
                .isEmpty();
    }

    @Test
    void nineOfTenWaitNoLongerThanTheQuantileOfThatManyEnds() {
        // Gamma quantiles by scipy.stats.gamma.ppf(0.9, ends), a hundredth off at most.
        assertThat(QueuePlace.wait(0, queue.withRate(1).status()).orElseThrow().p90Seconds())
                .isCloseTo(2.3026, withinPercentage(1));
        assertThat(QueuePlace.wait(9, queue.withRate(1).status()).orElseThrow().p90Seconds())
                .isCloseTo(14.206, withinPercentage(1));
        assertThat(QueuePlace.wait(99, queue.withRate(2).status()).orElseThrow().p90Seconds())
                .isCloseTo(113.01 / 2, withinPercentage(1));
    }

    private double p50(QueueStory story) {
        return place(this.story.queued(7), story).estimatedWait().orElseThrow().p50Seconds();
    }

    private static QueuePlace place(JobView job, QueueStory queue) {
        return QueuePlace.of(job, queue.status()).orElseThrow();
    }
}
