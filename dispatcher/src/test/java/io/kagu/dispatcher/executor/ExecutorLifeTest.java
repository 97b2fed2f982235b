package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What an executor does around its calls: duplicates, aborts, heartbeats, fence and stop. */
class ExecutorLifeTest {

    private static final RunningCall FIRST = new RunningCall("job-1", 1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorRig rig = ExecutorRig.start();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void submitAndAwaitRequest(ScriptedGpu gpu) {
        rig.executor().submit(CallBuilder.to(gpu).build());
        await().until(() -> gpu.requests().size() == 1);
    }

    @Test
    void aCallThatRunsAlreadyIsIgnored() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            submitAndAwaitRequest(gpu);
            rig.executor().submit(CallBuilder.to(gpu).build());
            rig.executor().abort("job-1", 1);

            assertThat(rig.outcomes().only().outcome()).isEqualTo(new Outcome.Aborted());
            assertThat(gpu.requests()).hasSize(1);
        }
    }

    @Test
    void aCallThatEndedAMomentAgoIsIgnoredButItsNextAttemptIsNot() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            submitAndAwaitRequest(gpu);
            rig.outcomes().only();
            rig.executor().submit(CallBuilder.to(gpu).build());
            rig.executor().submit(CallBuilder.to(gpu).attempt(2).build());

            await().until(() -> rig.outcomes().all().size() == 2);
            assertThat(rig.outcomes().all())
                    .extracting(published -> published.attempt().attempt())
                    .containsExactly(1, 2);
            assertThat(gpu.requests()).hasSize(2);
        }
    }

    @Test
    void anAbortClosesTheConnectionToTheServer() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            submitAndAwaitRequest(gpu);
            rig.sendAbort("job-1", 1);

            assertThat(rig.outcomes().only().outcome()).isEqualTo(new Outcome.Aborted());
            await().until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void anAbortInTheMiddleOfTheResponseClosesTheConnectionToo() {
        CountDownLatch half = new CountDownLatch(1);
        try (ScriptedGpu gpu =
                ScriptedGpu.playing(exchange -> {
                    exchange.send(
                            ScriptedGpu.Exchange.head(200, "Content-Type: text/event-stream\r\n"));
                    exchange.send("data: 1\n\n");
                    half.countDown();
                    exchange.awaitHangUp();
                })) {
            submitAndAwaitRequest(gpu);
            await().until(() -> half.getCount() == 0);
            rig.sendAbort("job-1", 1);

            assertThat(rig.outcomes().only().outcome()).isEqualTo(new Outcome.Aborted());
            await().until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void anAbortOfAnotherAttemptOrOfAnUnknownJobChangesNothing() {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedGpu gpu = ScriptedGpu.playing(exchange -> respondAfter(go, exchange))) {
            submitAndAwaitRequest(gpu);
            rig.sendAbort("job-1", 2);
            rig.sendAbort("job-9", 1);
            go.countDown();

            assertThat(rig.outcomes().only().outcome()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void heartbeatsListRunningCallsAndGoOnListingThemForAWhileAfterTheirEnd() {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedGpu gpu = ScriptedGpu.playing(exchange -> respondAfter(go, exchange))) {
            submitAndAwaitRequest(gpu);
            int seen = rig.heartbeats().sent().size();
            // Eight heartbeats are longer than a quick call, which is not listed after its end.
            await().until(() -> rig.heartbeats().sent().size() > seen + 8);
            assertThat(rig.heartbeats().last().calls()).containsExactly(FIRST);
            go.countDown();
            rig.outcomes().only();
            await().until(() -> rig.heartbeats().last().endedTotal() == 1);

            assertThat(rig.heartbeats().last().calls()).containsExactly(FIRST);
            await().atMost(LONG).until(() -> rig.heartbeats().last().calls().isEmpty());
        }
    }

    @Test
    void heartbeatsListACallUntilItsOutcomeIsStored() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.outcomes().hold();
            submitAndAwaitRequest(gpu);
            rig.outcomes().only();
            int seen = rig.heartbeats().sent().size();
            await().until(() -> rig.heartbeats().sent().size() > seen + 3);

            assertThat(rig.heartbeats().last().calls()).containsExactly(FIRST);
            assertThat(rig.heartbeats().last().endedTotal()).isEqualTo(1);
            rig.outcomes().release();
        }
    }

    @Test
    void aCleanStopLetsRunningCallsFinish() {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedGpu gpu = ScriptedGpu.playing(exchange -> respondAfter(go, exchange))) {
            submitAndAwaitRequest(gpu);
            CompletableFuture<Void> stop = startStop();
            go.countDown();
            stop.join();

            assertThat(rig.outcomes().only().outcome()).isInstanceOf(Outcome.Completed.class);
            assertGone();
        }
    }

    @Test
    void aStopWithoutGraceEndsRunningCallsAsLost() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            submitAndAwaitRequest(gpu);
            rig.executor().close();

            assertThat(rig.outcomes().only().outcome())
                    .isEqualTo(new Outcome.Lost("executor stopped"));
            await().until(() -> gpu.hangUps() == 1);
            assertGone();
        }
    }

    @Test
    void aCallThatComesDuringTheStopIsLost() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.executor().close();
            rig.executor().submit(CallBuilder.to(gpu).build());

            assertThat(rig.outcomes().only().outcome())
                    .isEqualTo(new Outcome.Lost("executor stopped"));
            assertThat(gpu.requests()).isEmpty();
        }
    }

    @Test
    void aStopWaitsForOutcomesToBeStored() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.outcomes().hold();
            submitAndAwaitRequest(gpu);
            rig.outcomes().only();
            CompletableFuture<Void> stop = startStop();
            await().until(() -> rig.executor().freeCalls() == 0);
            rig.outcomes().release();
            stop.join();

            assertThat(rig.outcomes().closedWhileHolding()).isFalse();

            assertGone();
        }
    }

    @Test
    void aStopEndsAlsoWhenNoOutcomeCanBeStored() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            rig.outcomes().hold();
            submitAndAwaitRequest(gpu);
            rig.outcomes().only();
            rig.executor().close();

            assertThat(rig.outcomes().closed()).isTrue();
        }
    }

    @Test
    void openCallsAndAStopUseUpTheBudget() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            assertThat(rig.executor().freeCalls()).isEqualTo(100);
            submitAndAwaitRequest(gpu);
            assertThat(rig.executor().freeCalls()).isEqualTo(99);
            rig.executor().close();

            assertThat(rig.executor().freeCalls()).isZero();
        }
    }

    @Test
    void callsAreTimedByGpuAndOutcome() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            submitAndAwaitRequest(gpu);
            rig.outcomes().only();

            assertThat(
                            rig.registry()
                                    .get("kagu.executor.calls")
                                    .tags("gpu", "gpu-1", "outcome", "completed")
                                    .timer()
                                    .count())
                    .isEqualTo(1);
            assertThat(rig.registry().get("kagu.executor.calls.running").gauge().value()).isZero();
            assertThat(rig.registry().get("kagu.executor.calls.budget").gauge().value())
                    .isEqualTo(100);
        }
    }

    /** On a thread of its own: the HTTP client needs the common pool, which may have one thread. */
    private CompletableFuture<Void> startStop() {
        return CompletableFuture.runAsync(
                () -> rig.executor().close(LONG), Thread::startVirtualThread);
    }

    private void assertGone() {
        assertThat(rig.outcomes().closed()).isTrue();
        Heartbeat last = rig.heartbeats().last();
        assertThat(last.leaving()).isTrue();
        assertThat(rig.heartbeats().withdrawn()).containsExactly(ExecutorRig.INCARNATION);
    }

    private static void respondAfter(CountDownLatch go, ScriptedGpu.Exchange exchange)
            throws IOException {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.respond(200, "Content-Type: application/json\r\n", "{}");
    }
}
