package io.kagu.statusapi.query;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets many ask the same remote question with one call in flight at a time, and yet no asker gets
 * an answer that was under way before it asked.
 */
final class Coalesced<T> {

    private final Supplier<CompletableFuture<T>> question;
    private CompletableFuture<T> running;
    private Optional<CompletableFuture<T>> next = Optional.empty();

    Coalesced(Supplier<CompletableFuture<T>> question) {
        this.question = question;
        this.running = CompletableFuture.failedFuture(new IllegalStateException("never asked"));
    }

    /** An answer that was true at some time after this call. */
    synchronized CompletableFuture<T> ask() {
        if (running.isDone() && next.isEmpty()) {
            running = question.get();
            return running;
        }
        if (next.isPresent()) {
            return next.get();
        }
        CompletableFuture<T> mine = new CompletableFuture<>();
        next = Optional.of(mine);
        CompletableFuture<T> _ = running.whenComplete((answer, failure) -> askFor(mine));
        return mine;
    }

    private void askFor(CompletableFuture<T> mine) {
        CompletableFuture<T> started;
        synchronized (this) {
            next = Optional.empty();
            running = question.get();
            started = running;
        }
        CompletableFuture<T> _ =
                started.whenComplete((answer, failure) -> {
                    if (failure == null) {
                        mine.complete(answer);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
    }
}
