package io.kagu.statusapi.web.queueclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;
import io.kagu.statusapi.core.QueueSnapshot;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class QueueNumbersTest {

    private static final QueueStory STORY = QueueStory.at(JobStory.T0);

    @Test
    void beforeAnyOwnerWasHeardNothingIsKnown() {
        QueueNumbers none = numbers();

        assertThat(none.waiting()).isEmpty();
        assertThat(none.taken()).isEmpty();
        assertThat(none.ended()).isEmpty();
        assertThat(none.expectedWait()).isEmpty();
        assertThat(none.service()).isEmpty();
        assertThat(none.stale()).isFalse();
    }

    @Test
    void allPoolsAndLanesAreOneQueue() {
        QueueNumbers two =
                numbers(
                        STORY.lane(Priority.HIGH, 1, 1).lane(Priority.LOW, 4, 2).status("a"),
                        STORY.lane(Priority.NORMAL, 10, 3).withSlots(3).status("b"));

        assertThat(two.waiting()).hasValue(15);
        // The story has as many calls running as there are slots.
        assertThat(two.taken()).hasValue(5);
    }

    @Test
    void theExpectedWaitIsThatOfTheSlowestPool() {
        QueueStatus slow = STORY.lane(Priority.NORMAL, 10, 1).withRate(2).status("slow");
        QueueStatus fast = STORY.lane(Priority.NORMAL, 10, 1).withRate(5).status("fast");

        assertThat(numbers(slow, fast).expectedWait()).hasValue(5);
    }

    @Test
    void theExpectedWaitIsUnknownWhileThatOfSomePoolIs() {
        QueueStatus known = STORY.lane(Priority.NORMAL, 10, 1).withRate(2).status("known");
        QueueStatus unmeasured = STORY.lane(Priority.NORMAL, 10, 1).status("unmeasured");
        QueueNumbers old = new QueueNumbers(List.of(new QueueSnapshot(known, true)));

        assertThat(numbers(known, unmeasured).expectedWait()).isEmpty();
        assertThat(old.expectedWait()).isEmpty();
        assertThat(old.stale()).isTrue();
    }

    @Test
    void eachPoolsMeanCallCountsByTheJobsThatEndedThere() {
        QueueStatus often = ended(STORY.withService(1000).status("often"), 30);
        QueueStatus seldom = ended(STORY.withService(5000).status("seldom"), 10);

        assertThat(numbers(often, seldom).service()).hasValue(2);
        assertThat(numbers(often, seldom).ended()).hasValue(40);
    }

    private static QueueNumbers numbers(QueueStatus... pools) {
        return new QueueNumbers(
                Stream.of(pools).map(pool -> new QueueSnapshot(pool, false)).toList());
    }

    private static QueueStatus ended(QueueStatus pool, long jobs) {
        return new QueueStatus(
                QueueStatus.SCHEMA,
                pool.pool(),
                pool.owner(),
                pool.time(),
                pool.lanes(),
                pool.running(),
                pool.retrying(),
                pool.slots(),
                pool.gpus(),
                jobs,
                pool.endedPerSecond(),
                pool.serviceMillis(),
                false,
                List.of(),
                Optional.empty());
    }
}
