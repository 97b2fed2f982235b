package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class OpenCallTest {

    private static final Outcome LOST = new Outcome.Lost("test");

    private final OpenCall call = new OpenCall(new RunningCall("a", 1), 0);
    private final CompletableFuture<String> exchange = new CompletableFuture<>();

    @Test
    void aStopCancelsTheExchange() {
        call.exchanging(exchange);
        call.stop(LOST);

        assertThat(exchange).isCancelled();
    }

    @Test
    void aStopBeforeTheExchangeCancelsItAsSoonAsItBegins() {
        call.stop(LOST);
        call.exchanging(exchange);

        assertThat(exchange).isCancelled();
    }

    @Test
    void theFirstStopCounts() {
        call.stop(LOST);
        call.stop(new Outcome.Aborted());

        assertThat(call.stopped()).contains(LOST);
    }
}
