package io.kagu.dispatcher.executor;

import java.util.function.Consumer;

/** Where calls come from that other replicas spill to this executor. */
@FunctionalInterface
public interface AssignmentSource {

    /** Hands over every call for an executor from now on, in order, until the result is closed. */
    Subscription follow(String executor, Consumer<Call> handler);

    /** Calls as they come; closing ends them. */
    interface Subscription extends AutoCloseable {

        /** Whether a call that is assigned from now on is sure to be seen and understood. */
        boolean listening();

        @Override
        void close();
    }
}
