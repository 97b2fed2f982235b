package io.kagu.dispatcher.executor;

import java.util.function.Consumer;

/** Where aborts come from: every executor hears all of them. */
@FunctionalInterface
public interface AbortSource {

    /** Hands over every abort from now on, in order, until the result is closed. */
    Subscription follow(Consumer<AbortCommand> handler);

    /** Aborts as they come; closing ends them. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
