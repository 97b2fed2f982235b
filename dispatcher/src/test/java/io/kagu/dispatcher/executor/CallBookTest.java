package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.Heartbeat.RunningCall;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

class CallBookTest {

    private static final long ENDED = CallBook.QUICK.toNanos();
    private static final long LATER = ENDED + CallBook.REMEMBERED.toNanos() + 1;

    private final CallBook book = new CallBook();

    private static OpenCall call(String id) {
        return new OpenCall(new RunningCall(id, 1), 0);
    }

    private OpenCall opened(String id) {
        OpenCall call = call(id);
        assertThat(book.open(call)).isTrue();
        return call;
    }

    @Test
    void anOpenCallIsNotOpenedTwice() {
        opened("a");

        assertThat(book.open(call("a"))).isFalse();
        assertThat(book.openCount()).isEqualTo(1);
    }

    @Test
    void anEndedCallIsNotOpenedAgainWhileItIsRemembered() {
        book.close(opened("a"), ENDED);

        assertThat(book.open(call("a"))).isFalse();
        assertThat(book.openCount()).isZero();
        assertThat(book.listed(LATER)).isEmpty();
        assertThat(book.open(call("a"))).isTrue();
    }

    @Test
    void endedCallsAreListedForAWhile() {
        book.close(opened("a"), ENDED);
        opened("b");

        assertThat(book.listed(LATER - 1))
                .extracting(RunningCall::jobId)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(book.listed(LATER)).extracting(RunningCall::jobId).containsExactly("b");
    }

    @Test
    void aQuickCallIsNotListedAfterItsEndYetRemembered() {
        book.close(opened("a"), ENDED - 1);

        assertThat(book.listed(ENDED)).isEmpty();
        assertThat(book.open(call("a"))).isFalse();
    }

    @Test
    void openCallsAndTheLastEndedOnesFitBeforeAllOthers() {
        String longId = "x".repeat(120);
        opened(longId + "open");
        IntStream.range(0, CallBook.MAX_LISTED)
                .forEach(i -> book.close(opened(longId + i), ENDED + i));

        var listed = book.listed(ENDED + CallBook.MAX_LISTED);

        assertThat(Json.write(listed)).hasSizeLessThan(1_000_000);
        assertThat(listed.get(0).jobId()).isEqualTo(longId + "open");
        assertThat(listed.get(1).jobId()).isEqualTo(longId + (CallBook.MAX_LISTED - 1));
    }

    @Test
    void aHeartbeatListsEveryCallOfTheLargestBudget() {
        String longId = "x".repeat(123);
        IntStream.range(0, ExecutorConfig.MAX_CALL_BUDGET)
                .forEach(i -> opened(longId + String.format("%05d", i)));

        assertThat(book.listed(0)).hasSize(ExecutorConfig.MAX_CALL_BUDGET);
    }

    @Test
    void waitingEndsWhenTheLastCallIsClosed() {
        OpenCall call = opened("a");
        Thread.ofVirtual().start(() -> book.close(call, 0));

        assertThat(book.awaitEmpty(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void waitingEndsWhenTheTimeIsOver() {
        opened("a");

        assertThat(book.awaitEmpty(Duration.ZERO)).isFalse();
        assertThat(book.awaitEmpty(Duration.ofMillis(5))).isFalse();
    }
}
