package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Retries leave room for fresh work while both want the GPUs. */
class PoolRetryBudgetTest {

    private static final int SAVED = 100;
    private static final int FAILING = 150;

    private final PoolRig rig = new PoolRig();

    @Test
    void moreRetriesThanTheBudgetHasWaitWhileOtherJobsDo() {
        allFail();
        rig.submit("fresh");
        rig.use(GpuSample.named("alpha").draining());

        rig.advance(5_000).tick();

        assertThat(queuedAgain()).isEqualTo(SAVED);
        rig.advance(1_000).tick();
        assertThat(queuedAgain()).isEqualTo(SAVED + 10);
    }

    @Test
    void retriesThatComeBackByTheTopicKeepToTheBudgetToo() {
        allFail();
        rig.submit("fresh");
        rig.use(GpuSample.named("alpha").draining());
        rig.advance(5_000);

        failing().forEach(id -> rig.retry(id, 1));

        assertThat(queuedAgain()).isEqualTo(SAVED);
    }

    @Test
    void whileNothingElseWaitsAllAreTriedAgain() {
        allFail();

        rig.advance(5_000).tick();

        assertThat(queuedAgain()).isEqualTo(FAILING);
    }

    @Test
    void eachJobThatBeginsForTheFirstTimeEarnsAFifthOfARetry() {
        allFail();
        rig.submit(JobSample.named("waits").asking("unserved"));
        IntStream.range(0, 10).forEach(i -> rig.submit("fresh-" + i));
        rig.use(GpuSample.named("alpha").draining());
        rig.advance(5_000).tick();
        assertThat(queuedAgain()).isEqualTo(SAVED);

        rig.use(GpuSample.named("alpha").slots(FAILING));
        assertThat(rig.fillAll()).hasSize(SAVED + 10);
        rig.use(GpuSample.named("alpha").draining());
        rig.tick();

        assertThat(queuedAgain()).isEqualTo(2);
    }

    @Test
    void ofSeveralModelsTheRetryThatWasDueFirstGoesFirst() {
        GpuSample drainingAlpha = GpuSample.named("alpha").slots(FAILING).draining();
        GpuSample beta = GpuSample.named("beta").serving("b");
        rig.use(GpuSample.named("alpha").slots(FAILING), beta);
        failing().forEach(rig::submit);
        rig.submit(JobSample.named("other").asking("b"));
        rig.fillAll();
        rig.advance(10_000).finish("other", Outcomes.busyFor(1_000));
        rig.advance(1);
        failing().forEach(id -> rig.finish(id, Outcomes.busyFor(1_000)));
        rig.submit("fresh");
        rig.use(drainingAlpha, beta.draining());

        rig.advance(5_000).tick();

        assertThat(rig.state("other")).isInstanceOf(JobState.Queued.class);
        assertThat(queuedAgain()).isEqualTo(SAVED - 1);
    }

    @Test
    void aSlotThatNoWaitingJobCanUseIsNotKeptFromARetry() {
        allFail();
        GpuSample other = GpuSample.named("beta").serving("b").draining();
        rig.use(GpuSample.named("alpha").slots(FAILING), other);
        rig.submit(JobSample.named("waits").asking("b"));

        rig.advance(5_000).tick();

        assertThat(queuedAgain()).isEqualTo(FAILING);
    }

    @Test
    void retriesOfABusyModelHoldBackNoneOfAnother() {
        rig.use(
                GpuSample.named("alpha").slots(FAILING),
                GpuSample.named("beta").serving("b").slots(2));
        failing().forEach(rig::submit);
        rig.submit(JobSample.named("other").asking("b"));
        rig.fillAll();
        rig.advance(10_000);
        failing().forEach(id -> rig.finish(id, Outcomes.busyFor(1_000)));
        rig.advance(1).finish("other", Outcomes.busyFor(1_000));
        rig.submit("fresh");
        rig.use(GpuSample.named("alpha").draining(), GpuSample.named("beta").serving("b").slots(2));

        rig.advance(5_000).tick();

        assertThat(queuedAgain()).isEqualTo(SAVED - 1);
        assertThat(rig.fillAll()).containsExactly("other@beta");
    }

    @Test
    void aPausedRetryTakesNoMoreThanTheBudgetHas() {
        allFail();
        rig.use(GpuSample.named("alpha").slots(FAILING).draining());
        rig.submit("fresh");
        rig.run(
                new PoolCommand.PauseQueue(
                        new Pause(PauseScope.POOL, Optional.empty(), Optional.empty())));
        rig.use(GpuSample.named("alpha").slots(FAILING));

        rig.advance(5_000).tick();

        assertThat(queuedAgain()).isEqualTo(SAVED);
    }

    @Test
    void aRetryThatIsHeldBackExpiresAtItsDeadline() {
        allFail();
        rig.submit("fresh");
        rig.use(GpuSample.named("alpha").draining());
        rig.advance(5_000).tick();
        String held =
                failing().stream()
                        .filter(id -> rig.state(id) instanceof JobState.Retrying)
                        .findFirst()
                        .orElseThrow();

        rig.advance(PoolRules.DEFAULTS.maxWait()).tick();

        assertThat(rig.state(held)).isInstanceOf(JobState.Expired.class);
    }

    private void allFail() {
        rig.use(GpuSample.named("alpha").slots(FAILING));
        failing().forEach(rig::submit);
        rig.fillAll();
        rig.advance(10_000);
        failing().forEach(id -> rig.finish(id, Outcomes.busyFor(1_000)));
    }

    private static List<String> failing() {
        return IntStream.range(0, FAILING).mapToObj(i -> "job-" + i).toList();
    }

    private long queuedAgain() {
        return failing().stream().filter(id -> rig.state(id) instanceof JobState.Queued).count();
    }
}
