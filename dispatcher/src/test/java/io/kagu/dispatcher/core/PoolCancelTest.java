package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.PoolEvent.AbortAsked;
import io.kagu.dispatcher.core.PoolEvent.EndRemembered;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import org.junit.jupiter.api.Test;

import java.util.List;

class PoolCancelTest {

    private static final long EVERY = PoolRules.DEFAULTS.abortEvery();

    private final PoolRig rig = new PoolRig();

    PoolCancelTest() {
        rig.use(GpuSample.named("alpha"));
    }

    @Test
    void aQueuedJobIsCancelledAtOnce() {
        rig.running("runs");
        rig.submit("waits");

        rig.cancel("waits");
        rig.finish("runs", Outcomes.COMPLETED);

        assertThat(rig.state("waits")).isEqualTo(new JobState.Cancelled(rig.now()));
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void aRetryingJobIsCancelledAtOnce() {
        rig.running("job");
        rig.finish("job", Outcomes.FAULT);

        rig.cancel("job");

        assertThat(rig.state("job")).isEqualTo(new JobState.Cancelled(rig.now()));
        assertThat(rig.advance(60_000).tick()).isEmpty();
        assertThat(rig.status().retrying()).isZero();
    }

    @Test
    void aRunningJobKeepsItsSlotUntilItsCallHasEnded() {
        Lease lease = rig.running("job");

        assertThat(rig.cancel("job")).contains(new AbortAsked(lease, rig.now()));
        assertThat(rig.state("job")).isEqualTo(new JobState.Running(lease, true));
        rig.submit("next");
        assertThat(rig.fillAll()).isEmpty();

        rig.finish(lease, Outcomes.ABORTED);
        assertThat(rig.state("job")).isEqualTo(new JobState.Cancelled(rig.now()));
        assertThat(rig.fillAll()).containsExactly("next@alpha");
    }

    @Test
    void aResponseThatComesBeforeTheAbortStillCompletesTheJob() {
        rig.running("job");
        rig.cancel("job");

        rig.finish("job", Outcomes.COMPLETED);

        assertThat(rig.state("job")).isInstanceOf(JobState.Completed.class);
    }

    @Test
    void whateverElseEndsACancelledCallCancelsItsJob() {
        for (Outcome end : List.of(Outcomes.FAULT, Outcomes.LOST, Outcomes.BUSY)) {
            String id = "job-" + end.word();
            rig.running(id);
            rig.cancel(id);

            rig.finish(id, end);

            assertThat(rig.state(id)).as(id).isInstanceOf(JobState.Cancelled.class);
        }
    }

    @Test
    void aSecondCancelAsksForTheAbortAgain() {
        Lease lease = rig.running("job");
        rig.cancel("job");
        long version = rig.row("job").version();
        rig.advance(10);

        assertThat(rig.cancel("job"))
                .containsExactly(new Repeated(rig.row("job"), 0), new AbortAsked(lease, rig.now()));
        assertThat(rig.row("job").version()).isEqualTo(version);
    }

    @Test
    void anEndedJobStaysAsItIs() {
        rig.running("job");
        rig.finish("job", Outcomes.COMPLETED);
        JobRow ended = rig.row("job");

        assertThat(rig.cancel("job")).isEqualTo(List.of(new Repeated(ended, 0)));
        assertThat(rig.row("job")).isEqualTo(ended);
    }

    @Test
    void aCancelThatCameBeforeItsJobIsAppliedOnArrival() {
        EarlyEnd end = EarlyEnd.cancel(rig.now());
        assertThat(rig.cancel("job")).isEqualTo(List.of(new EndRemembered("job", end)));

        rig.advance(50).submit("job");

        assertThat(rig.state("job")).isEqualTo(new JobState.Cancelled(PoolRig.START));
        assertThat(rig.fillAll()).isEmpty();
        assertThat(rig.pool().live()).isZero();
    }

    @Test
    void anAbortIsRepeatedUntilItsOutcomeIsThere() {
        Lease lease = rig.running("job");
        rig.cancel("job");

        assertThat(watchAfter(EVERY - 1)).isEmpty();
        assertThat(watchAfter(1)).containsExactly(new AbortAsked(lease, rig.now()));
        assertThat(watchAfter(EVERY - 1)).isEmpty();
        assertThat(watchAfter(1)).containsExactly(new AbortAsked(lease, rig.now()));

        rig.finish("job", Outcomes.ABORTED);
        assertThat(watchAfter(EVERY)).isEmpty();
    }

    private List<PoolEvent> watchAfter(long millis) {
        return rig.advance(millis).watch(Sightings.NONE, Barriers.NONE);
    }
}
