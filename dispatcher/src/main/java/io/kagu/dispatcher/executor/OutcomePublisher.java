package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.AttemptOutcome;

/** Where outcomes go: stores each of them for the owner of its pool, whatever that takes. */
public interface OutcomePublisher extends AutoCloseable {

    /**
     * Stores an outcome; tries again until it is stored or the publisher is closed. Never throws;
     * may block while the way is jammed.
     *
     * @param body the response of a completed call, else empty
     * @param acknowledged runs once, when the outcome is stored
     */
    void publish(String pool, AttemptOutcome outcome, byte[] body, Runnable acknowledged);

    /** Gives up what is not stored by now. */
    @Override
    void close();
}
