package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What an executor does once its heartbeats go unacknowledged. */
class ExecutorFenceTest {

    private static final Outcome CUT_OFF = new Outcome.Lost("cut off");

    private final ExecutorRig rig = ExecutorRig.fencedAfter(Duration.ofSeconds(2));
    private final AtomicInteger jobs = new AtomicInteger();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void submitTo(ScriptedGpu gpu) {
        rig.executor().submit(CallBuilder.to(gpu).id("job-" + jobs.incrementAndGet()).build());
    }

    private Outcome lastOutcome() {
        return rig.outcomes().all().getLast().outcome();
    }

    @Test
    void anExecutorThatMayBeCutOffEndsItsCallsAndStartsNone() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            submitTo(gpu);
            await().until(() -> gpu.requests().size() == 1);
            rig.heartbeats().loseBrokers();

            assertThat(rig.outcomes().only().outcome()).isEqualTo(CUT_OFF);
            await().until(() -> gpu.hangUps() == 1);
            assertThat(rig.executor().freeCalls()).isZero();
            submitTo(gpu);
            await().until(() -> rig.outcomes().all().size() == 2);
            assertThat(lastOutcome()).isEqualTo(CUT_OFF);
            assertThat(gpu.requests()).hasSize(1);
        }
    }

    @Test
    void anExecutorThatIsHeardAgainTakesCallsAgain() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.heartbeats().loseBrokers();
            await().until(() -> rig.executor().freeCalls() == 0);
            rig.heartbeats().findBrokers();
            await().until(() -> rig.executor().freeCalls() > 0);
            submitTo(gpu);

            assertThat(rig.outcomes().only().outcome()).isInstanceOf(Outcome.Completed.class);
        }
    }
}
