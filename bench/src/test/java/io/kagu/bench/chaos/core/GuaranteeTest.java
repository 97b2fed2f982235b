package io.kagu.bench.chaos.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** That each watcher sees what breaks its guarantee, and knows what explains it. */
class GuaranteeTest {

    private static final String LOW = "low";
    private static final String HIGH = "high";

    @Test
    void aJobThatWasNeverTakenInIsLost() {
        Finding finding = new Story().acknowledged("a", Priority.LOW).judgedBy(new NothingLost());

        assertThat(finding.violations()).containsExactly("a was never taken in");
    }

    @Test
    void aCompletedJobWithoutItsResultIsLost() {
        Story story = new Story().acknowledged("a", Priority.LOW).ended("a", JobStatus.COMPLETED);

        assertThat(story.judgedBy(new NothingLost()).held()).isFalse();
        assertThat(story.result("a", 1).judgedBy(new NothingLost()).held()).isTrue();
    }

    @Test
    void aDeadJobWithoutItsDeadLetterIsLost() {
        Story story = new Story().acknowledged("a", Priority.LOW).ended("a", JobStatus.DEAD);

        assertThat(story.judgedBy(new NothingLost()).held()).isFalse();
        assertThat(story.deadLetter("a").judgedBy(new NothingLost()).held()).isTrue();
    }

    @Test
    void aJobThatStillWaitsHasNotEnded() {
        Story story = new Story().acknowledged("a", Priority.LOW).queued("a", 5);

        assertThat(story.judgedBy(new EveryJobEnded()).violations()).hasSize(1);
        Finding ended = story.ended("a", JobStatus.EXPIRED).judgedBy(new EveryJobEnded());
        assertThat(ended.held()).isTrue();
        assertThat(ended.explained()).isEqualTo(Map.of("expired", 1L));
    }

    @Test
    void twoEndsOrTwoResultsAreOneTooMany() {
        Story twice = new Story().ended("a", JobStatus.COMPLETED).ended("a", JobStatus.COMPLETED);
        assertThat(twice.result("a", 1).result("a", 1).judgedBy(new OneResult()).held()).isTrue();

        assertThat(twice.result("a", 2).judgedBy(new OneResult()).violations()).hasSize(1);
        Story changed = new Story().ended("b", JobStatus.COMPLETED).ended("b", JobStatus.DEAD);
        assertThat(changed.judgedBy(new OneResult()).violations()).hasSize(1);
    }

    @Test
    void aThirdCallOnTwoSlotsIsOneTooMany() {
        Story story = new Story().called("a", 1, 0, 10).called("b", 1, 0, 10);
        assertThat(story.called("c", 1, 10, 20).judgedBy(new SlotsHeld()).held()).isTrue();

        assertThat(story.called("d", 1, 9, 12).judgedBy(new SlotsHeld()).held()).isFalse();
    }

    @Test
    void aProcessThatFrozeIsExceptedFromSlots() {
        Finding finding =
                new Story()
                        .called("a", 1, 0, 10)
                        .called("b", 1, 0, 10)
                        .called("c", 1, 5, 9)
                        .happened(FaultKind.FREEZE_DISPATCHER, "dispatcher-0", 1, 4)
                        .judgedBy(new SlotsHeld());

        assertThat(finding.held()).isTrue();
        assertThat(finding.explained()).isEqualTo(Map.of("by a process that froze", 1L));
    }

    @Test
    void aSecondCallNeedsAFaultThatFoundTheFirstUnderWay() {
        Story story = new Story().called("a", 1, 0, 10).called("a", 2, 9_000, 9_010);
        assertThat(story.judgedBy(new CalledOnce()).violations()).hasSize(1);

        story.happened(FaultKind.KILL_DISPATCHER, "dispatcher-0", 5, 12_000);
        assertThat(story.judgedBy(new CalledOnce()).explained())
                .isEqualTo(Map.of("called again: kill dispatcher", 1L));
    }

    /** Its owner was another replica, which spilled the call. */
    @Test
    void theEndOfWhoMadeACallExplainsTheNextOne() {
        Target other = new Target("dispatcher-1", List.of(), "somebody");
        Target maker = new Target("dispatcher-2", List.of(), Story.OWNER);
        Story story =
                new Story()
                        .called("a", 1, 0, 10)
                        .called("a", 2, 9_000, 9_010)
                        .attemptEnded("a", JobEvent.Type.JOB_QUEUED, JobStatus.QUEUED, "lost");

        story.happened(FaultKind.KILL_DISPATCHER, other, 5, 12_000);
        assertThat(story.judgedBy(new CalledOnce()).held()).isFalse();
        story.happened(FaultKind.KILL_DISPATCHER, maker, 5, 12_000);
        assertThat(story.judgedBy(new CalledOnce()).held()).isTrue();
    }

    @Test
    void aCleanStopExplainsNoSecondCall() {
        Story story =
                new Story()
                        .called("a", 1, 0, 10)
                        .called("a", 2, 20, 30)
                        .happened(FaultKind.STOP_DISPATCHER, "dispatcher-0", 5, 100);

        assertThat(story.judgedBy(new CalledOnce()).held()).isFalse();
    }

    @Test
    void aFaultOfTheGpuExplainsTheNextAttempt() {
        Story story =
                new Story()
                        .called("a", 1, 0, 10)
                        .called("a", 2, 20, 30)
                        .attemptEnded("a", JobEvent.Type.JOB_RETRYING, JobStatus.RETRYING, "fault");

        assertThat(story.judgedBy(new CalledOnce()).held()).isTrue();
        assertThat(story.called("a", 3, 25, 40).judgedBy(new CalledOnce()).held()).isFalse();
    }

    @Test
    void aLowJobMustNotPassAHighOneThatWaits() {
        assertThat(passing(Story.OWNER, 5).judgedBy(new LanesInOrder()).violations()).hasSize(1);
    }

    @Test
    void aCallThatWasOnItsWayExplainsAnInversion() {
        Finding finding = passing(Story.OWNER, 11).judgedBy(new LanesInOrder());

        assertThat(finding.violations()).isEmpty();
        assertThat(finding.explained())
                .isEqualTo(Map.of("decided before the other was taken in", 1L));
    }

    @Test
    void aChangeOfOwnerExplainsAnInversion() {
        Story story = passing("next owner", 5);
        assertThat(story.judgedBy(new LanesInOrder()).violations()).hasSize(1);

        story.happened(FaultKind.STOP_DISPATCHER, "dispatcher-0", 0, 5);
        Finding finding = story.judgedBy(new LanesInOrder());

        assertThat(finding.explained()).isEqualTo(Map.of("by a change of owner", 1L));
    }

    /** A low job is given a GPU at 10 and called at 12; a high one that came waits until 20. */
    private static Story passing(String highExecutor, long highQueuedAt) {
        return new Story()
                .acknowledged(LOW, Priority.LOW)
                .acknowledged(HIGH, Priority.HIGH)
                .queued(LOW, 1)
                .queued(HIGH, highQueuedAt)
                .started(LOW, Story.OWNER, 10)
                .started(HIGH, highExecutor, 20)
                .called(LOW, 1, 12, 19)
                .called(HIGH, 1, 21, 30);
    }
}
