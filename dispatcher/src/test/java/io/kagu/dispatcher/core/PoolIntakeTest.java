package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.PoolEvent.Conflicted;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import org.junit.jupiter.api.Test;

import java.util.List;

class PoolIntakeTest {

    private final PoolRig rig = new PoolRig();

    @Test
    void aJobIsQueuedUnderTheNextSequence() {
        rig.submit("one", "two");

        assertThat(rig.row("one").sequence()).isEqualTo(1);
        assertThat(rig.row("two").sequence()).isEqualTo(2);
        assertThat(rig.row("two").version()).isEqualTo(1);
        assertThat(rig.state("two")).isEqualTo(new JobState.Queued(rig.now()));
    }

    @Test
    void onlyTheIntakeStartsARun() {
        rig.use(GpuSample.named("alpha"));

        assertThat(rig.submit(JobSample.named("job"))).allMatch(PoolIntakeTest::startsRun);
        assertThat(rig.fill()).hasSize(1).noneMatch(PoolIntakeTest::startsRun);
    }

    private static boolean startsRun(PoolEvent event) {
        return event instanceof PoolEvent.Moved moved && moved.startsRun();
    }

    @Test
    void aJobWithoutADeadlineMayWaitAsLongAsThePoolAllows() {
        rig.submit("job");
        rig.submit(JobSample.named("urgent").until(rig.now() + 5));

        assertThat(rig.row("job").deadline()).isEqualTo(rig.now() + PoolRules.DEFAULTS.maxWait());
        assertThat(rig.row("urgent").deadline()).isEqualTo(rig.now() + 5);
    }

    @Test
    void aDuplicateIsRepeatedAndNeverRunsTwice() {
        rig.use(GpuSample.named("alpha").slots(2));
        rig.running("job");

        assertThat(rig.submit(JobSample.named("job")))
                .isEqualTo(List.of(new Repeated(rig.row("job"), 0)));
        assertThat(rig.fillAll()).isEmpty();
        assertThat(rig.pool().live()).isEqualTo(1);
    }

    @Test
    void aDuplicateOfAnEndedJobIsRepeatedAndNeverRunsAgain() {
        rig.use(GpuSample.named("alpha"));
        rig.running("job");
        rig.finish("job", Outcomes.COMPLETED);

        assertThat(rig.submit(JobSample.named("job")))
                .isEqualTo(List.of(new Repeated(rig.row("job"), 0)));
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void anotherBodyUnderAKnownIdConflictsAndTheFirstStands() {
        rig.submit(JobSample.named("job"), 7);
        JobRow first = rig.row("job");

        assertThat(rig.submit(JobSample.named("job"), 8))
                .isEqualTo(List.of(new Repeated(first, 0), new Conflicted(first)));
        assertThat(rig.row("job")).isEqualTo(first);
    }

    @Test
    void aFullPoolLetsFurtherJobsDieOfOverflow() {
        PoolRig full = PoolRig.holding(2);
        full.use(GpuSample.named("alpha"));
        full.running("runs");
        full.submit("waits", "surplus");

        assertThat(full.diedOf("surplus")).isEqualTo("overflow");
        assertThat(full.pool().live()).isEqualTo(2);

        full.finish("runs", Outcomes.COMPLETED);
        full.submit("fits");
        assertThat(full.state("fits")).isInstanceOf(JobState.Queued.class);
    }

    @Test
    void aRetryingJobCountsAsLive() {
        PoolRig full = PoolRig.holding(1);
        full.use(GpuSample.named("alpha"));
        full.running("retries");
        full.finish("retries", Outcomes.FAULT);

        full.submit("surplus");

        assertThat(full.diedOf("surplus")).isEqualTo("overflow");
    }

    @Test
    void aJobThatComesAtItsDeadlineExpiresAtOnce() {
        rig.submit(JobSample.named("late").until(rig.now()));

        assertThat(rig.state("late")).isEqualTo(new JobState.Expired(rig.now()));
        assertThat(rig.pool().live()).isZero();
    }
}
