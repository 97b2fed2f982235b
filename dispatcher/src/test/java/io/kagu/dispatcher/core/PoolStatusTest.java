package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.LaneStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

class PoolStatusTest {

    private final PoolRig rig = new PoolRig();

    @Test
    void anEmptyPoolSaysSo() {
        assertThat(rig.status().lanes())
                .extracting(LaneStatus::priority)
                .containsExactly(Priority.HIGH, Priority.NORMAL, Priority.LOW);
        assertThat(rig.status().lanes()).allMatch(lane -> lane.waiting() == 0);
        assertThat(rig.status().slots()).isZero();
        assertThat(rig.status().endedPerSecond()).isZero();
        assertThat(rig.status().serviceMillis()).isZero();
        assertThat(rig.status().time()).isEqualTo(Instant.ofEpochMilli(rig.now()));
        assertThat(rig.status().owner()).isEqualTo("owner-1");
    }

    @Test
    void aPoolTellsItsName() {
        assertThat(rig.pool().name()).isEqualTo(PoolRig.POOL);
        assertThat(rig.status().pool()).isEqualTo(PoolRig.POOL);
    }

    @Test
    void aLaneTellsItsLengthAndItsHead() {
        rig.submit("one");
        rig.advance(10).submit("two");
        rig.submit(JobSample.named("other").asking("b").in(Priority.LOW));

        assertThat(rig.status().lanes().get(1))
                .isEqualTo(
                        new LaneStatus(
                                Priority.NORMAL,
                                2,
                                OptionalLong.of(1),
                                Optional.of(Instant.ofEpochMilli(PoolRig.START))));
        assertThat(rig.status().lanes().get(2).waiting()).isEqualTo(1);
    }

    @Test
    void runningAndRetryingJobsAndSlotsAreCounted() {
        rig.use(GpuSample.named("alpha").slots(3), GpuSample.named("beta").slots(2));
        rig.submit("one", "two", "three");
        rig.fillAll();
        rig.finish("one", Outcomes.FAULT);

        assertThat(rig.status().running()).isEqualTo(2);
        assertThat(rig.status().retrying()).isEqualTo(1);
        assertThat(rig.status().slots()).isEqualTo(5);
        assertThat(rig.pool().live()).isEqualTo(3);
    }

    @Test
    void endsAreCountedForAllTimeAndAsARateOverTheLastMinute() {
        rig.use(GpuSample.named("alpha"));
        for (int i = 0; i < 30; i++) {
            rig.running("job-" + i);
            rig.advance(1_000).finish("job-" + i, Outcomes.COMPLETED);
        }
        assertThat(rig.status().endedTotal()).isEqualTo(30);
        assertThat(rig.status().endedPerSecond()).isEqualTo(1.0);

        rig.advance(600_000);
        assertThat(rig.status().endedTotal()).isEqualTo(30);
        assertThat(rig.status().endedPerSecond()).isZero();
    }

    @Test
    void theServiceTimeFollowsSuccessfulCallsSlowly() {
        rig.use(GpuSample.named("alpha"));
        rig.running("first");
        rig.advance(1_000).finish("first", Outcomes.COMPLETED);
        assertThat(rig.status().serviceMillis()).isEqualTo(1_000);

        rig.running("second");
        rig.advance(2_000).finish("second", Outcomes.COMPLETED);
        assertThat(rig.status().serviceMillis()).isEqualTo(1_200);

        rig.running("third");
        rig.advance(9_000).finish("third", Outcomes.REJECTED);
        assertThat(rig.status().serviceMillis()).isEqualTo(1_200);
    }
}
