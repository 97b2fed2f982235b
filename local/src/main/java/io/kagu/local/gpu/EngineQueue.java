package io.kagu.local.gpu;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The engine's slots and its own first-in-first-out queue before them. */
final class EngineQueue {

    private final int slots;
    private final Consumer<EngineLoad> onChange;
    private final ArrayDeque<Seat> waiting = new ArrayDeque<>();
    private int running;
    private long tokens;

    EngineQueue(int slots, Consumer<EngineLoad> onChange) {
        this.slots = slots;
        this.onChange = onChange;
    }

    /** Waits for a slot; the caller gives it back by closing the seat. */
    Seat take(long callTokens, ClientConnection client) {
        var seat = new Seat(callTokens);
        enter(seat);
        try {
            client.await(seat.granted);
            return seat;
        } catch (ClientGoneException e) {
            seat.close();
            throw e;
        }
    }

    private synchronized void enter(Seat seat) {
        if (running < slots) {
            grant(seat);
        } else {
            waiting.addLast(seat);
        }
        report();
    }

    private synchronized void leave(Seat seat) {
        if (waiting.remove(seat)) {
            report();
            return;
        }
        running--;
        tokens -= seat.tokens;
        var next = waiting.pollFirst();
        if (next != null) {
            grant(next);
        }
        report();
    }

    private void grant(Seat seat) {
        running++;
        tokens += seat.tokens;
        seat.granted.complete(null);
    }

    private void report() {
        onChange.accept(new EngineLoad(running, waiting.size(), tokens));
    }

    /** A slot, or the wait for one. */
    final class Seat implements AutoCloseable {

        private final long tokens;
        private final CompletableFuture<Void> granted = new CompletableFuture<>();

        private Seat(long tokens) {
            this.tokens = tokens;
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}
