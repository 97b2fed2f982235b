package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.dispatcher.core.BreakerState.Phase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a GPU gets no calls, and how it gets them again. */
class PoolBreakerTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");
    private static final GpuSample BETA = GpuSample.named("beta");
    private static final long PAUSE = PoolRules.DEFAULTS.breaker().pause();

    private final PoolRig rig = new PoolRig();

    private void fails(String... jobs) {
        for (String job : jobs) {
            rig.running(job);
            rig.finish(job, Outcomes.FAULT);
        }
    }

    /** Alpha alone, its breaker open, job "next" waiting. */
    private void openWithOneWaiting() {
        rig.use(ALPHA);
        fails("one", "two", "three");
        rig.submit("next");
    }

    private GpuStatus gpu(String name) {
        return rig.status().gpus().stream()
                .filter(gpu -> gpu.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertPhase(String gpu, Phase phase) {
        assertThat(gpu(gpu).breaker()).isEqualTo(phase.name());
    }

    @Test
    void threeFaultsInARowOpenTheBreaker() {
        rig.use(ALPHA);
        fails("one", "two");
        assertPhase("alpha", Phase.CLOSED);
        fails("three");

        assertPhase("alpha", Phase.OPEN);
        assertThat(gpu("alpha").openUntil()).contains(Instant.ofEpochMilli(rig.now() + PAUSE));
        rig.submit("next");
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void aSuccessInBetweenStartsTheCountAnew() {
        rig.use(ALPHA);
        fails("one", "two");
        rig.running("good");
        rig.finish("good", Outcomes.COMPLETED);
        fails("three", "four");

        assertPhase("alpha", Phase.CLOSED);
        fails("five");
        assertPhase("alpha", Phase.OPEN);
    }

    @Test
    void jobsGoToTheOtherGpuMeanwhile() {
        rig.use(ALPHA, BETA.order(1));
        fails("one", "two", "three");
        rig.submit("four", "five");

        assertThat(rig.fillAll()).containsExactly("four@beta");
    }

    static Stream<Outcome> outcomesThatSayNothingOfTheGpu() {
        return Stream.of(Outcomes.REJECTED, Outcomes.LOST, Outcomes.ABORTED, Outcomes.BUSY);
    }

    @ParameterizedTest
    @MethodSource("outcomesThatSayNothingOfTheGpu")
    void onlyFaultsCount(Outcome outcome) {
        rig.use(ALPHA);
        for (String job : List.of("one", "two", "three", "four")) {
            rig.submit(JobSample.named(job));
            rig.fillAll();
            if (rig.state(job) instanceof JobState.Running) {
                rig.finish(job, outcome);
            }
            rig.cancel(job);
        }

        assertPhase("alpha", Phase.CLOSED);
    }

    @Test
    void aFaultOfACancelledCallDoesNotCount() {
        rig.use(ALPHA);
        for (String job : List.of("one", "two", "three")) {
            rig.running(job);
            rig.cancel(job);
            rig.finish(job, Outcomes.FAULT);
        }

        assertPhase("alpha", Phase.CLOSED);
    }

    @Test
    void aJobThatFailedOnAHealthyGpuBeforeDoesNotCount() {
        rig.use(ALPHA);
        fails("poison");
        rig.use(ALPHA, BETA.order(-1));
        for (int i = 0; i < 2; i++) {
            rig.advance(300_000).tick();
            rig.fillAll();
            assertThat(rig.lease("poison").gpu()).isEqualTo(i == 0 ? "beta" : "alpha");
            rig.finish("poison", Outcomes.FAULT);
        }

        assertPhase("alpha", Phase.CLOSED);
        assertPhase("beta", Phase.CLOSED);
        rig.use(BETA);
        fails("one", "two");
        assertPhase("beta", Phase.CLOSED);
        fails("three");
        assertPhase("beta", Phase.OPEN);
    }

    @Test
    void aJobThatFailedOnAGpuThatFailsOthersTooCounts() {
        rig.use(ALPHA);
        fails("one", "two", "three");
        rig.use(ALPHA, BETA);
        rig.advance(5_000).tick();
        for (String job : List.of("one", "two", "three")) {
            rig.fillAll();
            assertThat(rig.lease(job).gpu()).isEqualTo("beta");
            rig.finish(job, Outcomes.FAULT);
        }

        assertPhase("beta", Phase.OPEN);
    }

    @Test
    void aFaultOnAGpuThatLeftIsNotRemembered() {
        rig.use(ALPHA);
        rig.running("job");
        rig.use(BETA);
        rig.finish("job", Outcomes.FAULT);

        assertThat(rig.breakers()).allMatch(BreakerState::untroubled);
    }

    @Test
    void afterThePauseExactlyOneProbeGoes() {
        rig.use(ALPHA.slots(3));
        fails("one", "two", "three");
        rig.submit("four", "five");

        rig.advance(PAUSE);
        assertThat(rig.fillAll()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).containsExactly("four@alpha");
        assertPhase("alpha", Phase.HALF_OPEN);
        assertThat(gpu("alpha").openUntil()).isEmpty();
    }

    @Test
    void aProbeThatSucceedsClosesTheBreaker() {
        openWithOneWaiting();
        rig.advance(PAUSE + 1).fillAll();
        rig.finish("next", Outcomes.COMPLETED);

        assertPhase("alpha", Phase.CLOSED);
        fails("four", "five");
        assertPhase("alpha", Phase.CLOSED);
    }

    @Test
    void aProbeThatFailsOpensItForAnotherPause() {
        openWithOneWaiting();
        rig.advance(PAUSE + 1).fillAll();
        rig.finish("next", Outcomes.FAULT);

        assertPhase("alpha", Phase.OPEN);
        rig.submit("later");
        rig.advance(PAUSE);
        assertThat(rig.fillAll()).isEmpty();
        rig.advance(1);
        assertThat(rig.fillAll()).hasSize(1);
    }

    @Test
    void aProbeThatSaysNothingLetsTheNextOneGo() {
        openWithOneWaiting();
        rig.submit("later");
        rig.advance(PAUSE + 1).fillAll();
        rig.finish("next", Outcomes.REJECTED);

        assertPhase("alpha", Phase.HALF_OPEN);
        assertThat(rig.fillAll()).containsExactly("later@alpha");
    }

    @Test
    void aCallFromBeforeSaysNothingOfAHalfOpenGpu() {
        rig.use(ALPHA.slots(2));
        Lease old = rig.running("old");
        fails("one", "two", "three");
        rig.submit("probe", "later");
        rig.advance(PAUSE + 1);
        assertThat(rig.fillAll()).containsExactly("probe@alpha");

        rig.finish(old, Outcomes.COMPLETED);
        assertPhase("alpha", Phase.HALF_OPEN);
        assertThat(rig.fillAll()).isEmpty();
    }

    @Test
    void aGpuThatLeftComesBackWithAClosedBreaker() {
        openWithOneWaiting();
        rig.use(BETA.serving("other"));
        rig.use(ALPHA);

        assertPhase("alpha", Phase.CLOSED);
        assertThat(rig.breaker("alpha").untroubled()).isTrue();
        assertThat(rig.fillAll()).containsExactly("next@alpha");
    }

    @Test
    void aNewOwnerForgetsTheBreakerOfAGpuThatLeft() {
        openWithOneWaiting();
        PoolRig next = rig.takenOver(BETA);
        next.tick();

        assertThat(next.breaker("alpha").untroubled()).isTrue();
    }

    @Test
    void aNewOwnerGoesOnWithAnOpenBreaker() {
        openWithOneWaiting();
        PoolRig next = rig.advance(PAUSE - 1_000).takenOver(ALPHA);

        assertThat(next.advance(1_000).fillAll()).isEmpty();
        assertThat(next.advance(1).fillAll()).containsExactly("next@alpha");
    }

    @Test
    void aNewOwnerGoesOnWithTheCount() {
        rig.use(ALPHA);
        fails("one", "two");
        PoolRig next = rig.takenOver(ALPHA);
        next.running("three");
        next.finish("three", Outcomes.FAULT);

        assertThat(next.status().gpus().getFirst().breaker()).isEqualTo("OPEN");
    }

    @Test
    void aNewOwnerWaitsForTheProbeThatRuns() {
        openWithOneWaiting();
        rig.submit("later");
        rig.advance(PAUSE + 1).fillAll();
        PoolRig next = rig.takenOver(ALPHA.slots(2));

        assertThat(next.fillAll()).isEmpty();
        next.finish("next", Outcomes.COMPLETED);
        assertThat(next.fillAll()).containsExactly("later@alpha");
    }

    @Test
    void aNewOwnerTellsTheProbeFromOlderCalls() {
        rig.use(ALPHA.slots(2));
        rig.running("a-call-from-before");
        fails("one", "two", "three");
        rig.submit("probe", "z-later");
        rig.advance(PAUSE + 1).fillAll();
        PoolRig next = rig.takenOver(ALPHA.slots(3));

        assertThat(next.fillAll()).isEmpty();
        next.finish("probe", Outcomes.COMPLETED);
        assertThat(next.fillAll()).containsExactly("z-later@alpha");
    }

    @Test
    void aNewOwnerSendsAnotherProbeIfNoneRuns() {
        openWithOneWaiting();
        rig.submit("later");
        rig.advance(PAUSE + 1).fillAll();
        BreakerState asItWas = rig.breaker("alpha");
        rig.finish("next", Outcomes.REJECTED);
        rig.store(asItWas);

        assertThat(rig.takenOver(ALPHA).fillAll()).containsExactly("later@alpha");
    }

    @Test
    void onlyChangesAreToBeStored() {
        rig.use(ALPHA);
        rig.running("good");
        rig.finish("good", Outcomes.COMPLETED);
        assertThat(rig.breakers()).isEmpty();

        fails("bad");
        assertThat(rig.breakers())
                .containsExactly(
                        new BreakerState("alpha", Phase.CLOSED, 1, 0, Optional.empty(), 1, 0));
        assertThat(rig.pool().breakerChanges()).as("told once").isEmpty();
        rig.running("better");
        rig.finish("better", Outcomes.COMPLETED);
        assertThat(rig.breaker("alpha").untroubled()).isTrue();
    }
}
