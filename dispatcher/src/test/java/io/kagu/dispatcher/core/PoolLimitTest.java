package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** How often a GPU is called. */
class PoolLimitTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha").slots(10);
    private static final GpuSample BETA = GpuSample.named("beta").slots(10).order(1);
    private static final long MINUTE = CallPace.MINUTE;

    private final PoolRig rig = new PoolRig();

    @Test
    void noMoreCallsBeginInAMinuteThanTheLimitSays() {
        rig.use(ALPHA.requestsPerMinute(2));
        rig.submit("one", "two", "three", "four");
        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@alpha");

        rig.advance(MINUTE - 1);
        assertThat(rig.fillAll()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).containsExactly("three@alpha", "four@alpha");
    }

    @Test
    void theMinuteSlides() {
        rig.use(ALPHA.requestsPerMinute(2));
        rig.submit("one", "two", "three", "four");
        rig.fill();
        rig.advance(MINUTE / 2).fill();
        assertThat(rig.fillAll()).isEmpty();

        rig.advance(MINUTE / 2);
        assertThat(rig.fillAll()).containsExactly("three@alpha");
        rig.advance(MINUTE / 2);
        assertThat(rig.fillAll()).containsExactly("four@alpha");
    }

    @Test
    void callsKeepTheirPause() {
        rig.use(ALPHA.minPauseMs(500));
        rig.submit("one", "two");
        assertThat(rig.fillAll()).containsExactly("one@alpha");

        rig.advance(499);
        assertThat(rig.fillAll()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).containsExactly("two@alpha");
    }

    @Test
    void bothLimitsHold() {
        rig.use(ALPHA.minPauseMs(500).requestsPerMinute(2));
        rig.submit("one", "two", "three");
        rig.fillAll();
        rig.advance(500).fillAll();

        rig.advance(MINUTE - 501);
        assertThat(rig.fillAll()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).containsExactly("three@alpha");
    }

    @Test
    void jobsGoToAnotherGpuMeanwhile() {
        rig.use(ALPHA.requestsPerMinute(1), BETA);
        rig.submit("one", "two", "three");

        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@beta", "three@beta");
    }

    @Test
    void aHigherLaneGoesFirstWhenTheLimitLetsOneThrough() {
        rig.use(ALPHA.requestsPerMinute(1));
        rig.submit("one", "two");
        rig.fillAll();
        rig.submit(JobSample.named("urgent").in(Priority.HIGH));

        assertThat(rig.advance(MINUTE).fillAll()).containsExactly("urgent@alpha");
    }

    @Test
    void aRetryIsACallToo() {
        rig.use(ALPHA.requestsPerMinute(2));
        rig.running("one");
        rig.finish("one", Outcomes.FAULT);
        rig.advance(5_000).tick();
        assertThat(rig.fillAll()).containsExactly("one@alpha");
        rig.submit("two");

        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void changedLimitsCountWhatTheyKnow() {
        rig.use(ALPHA.requestsPerMinute(3));
        rig.submit("one", "two", "three");
        rig.fillAll();
        rig.use(ALPHA.requestsPerMinute(2));
        rig.submit("four");

        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
        rig.use(ALPHA);
        assertThat(rig.fillAll()).containsExactly("four@alpha");
    }

    @Test
    void aGpuThatComesBackFindsItsCallsCounted() {
        rig.use(ALPHA.requestsPerMinute(1));
        rig.running("one");
        rig.use(BETA.serving("other"));
        rig.use(ALPHA.requestsPerMinute(1));
        rig.submit("two");

        assertThat(rig.advance(MINUTE - 1).fillAll()).isEmpty();
        assertThat(rig.advance(1).fillAll()).containsExactly("two@alpha");
    }

    private PoolEvent remembered(String job, long ago) {
        return new PoolEvent.CallRemembered(
                new CallBegun("alpha", rig.now() - ago, job, 1, CallPace.USUAL_TOKENS));
    }

    @Test
    void rememberedCallsCount() {
        rig.use(ALPHA.requestsPerMinute(2));
        rig.pool().apply(remembered("earlier", 2_000));
        rig.pool().apply(remembered("later", 1_000));
        rig.submit("one");

        assertThat(rig.fillAll()).isEmpty();
        assertThat(rig.advance(MINUTE - 2_000).fillAll()).containsExactly("one@alpha");
    }

    @Test
    void theStatusSaysUntilWhenALimitHolds() {
        rig.use(ALPHA.requestsPerMinute(1));
        assertThat(rig.status().gpus().getFirst().limitedUntil()).isEmpty();
        rig.running("one");

        assertThat(rig.status().gpus().getFirst().limitedUntil())
                .contains(Instant.ofEpochMilli(rig.now() + MINUTE));
        rig.advance(MINUTE);
        assertThat(rig.status().gpus().getFirst().limitedUntil()).isEmpty();
    }

    @Test
    void noMoreCallsRunAtOnceThanTheLimitSays() {
        rig.use(ALPHA.concurrency(2));
        rig.submit("one", "two", "three");
        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@alpha");
        assertThat(rig.status().slots()).isEqualTo(2);
        assertThat(rig.status().gpus().getFirst().slots()).isEqualTo(2);

        rig.finish("one", Outcomes.COMPLETED);
        assertThat(rig.fillAll()).containsExactly("three@alpha");
    }

    @Test
    void aLimitAboveTheSlotsGivesNoMoreOfThem() {
        rig.use(ALPHA.slots(1).concurrency(5));
        rig.submit("one", "two");

        assertThat(rig.fillAll()).containsExactly("one@alpha");
        assertThat(rig.status().slots()).isEqualTo(1);
    }
}
