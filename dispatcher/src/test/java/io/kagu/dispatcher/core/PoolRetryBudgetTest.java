package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
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
