package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat;

import java.util.concurrent.CompletableFuture;

/** Where heartbeats go: to every owner of a pool. */
public interface HeartbeatPublisher extends AutoCloseable {

    /**
     * Sends a heartbeat; hardly blocks and never throws.
     *
     * @return completes when it is stored, fails soon when it cannot be
     */
    CompletableFuture<Void> publish(Heartbeat heartbeat);

    /**
     * Removes an incarnation that will not come back.
     *
     * @return completes when that is stored
     */
    CompletableFuture<Void> withdraw(String incarnation);

    @Override
    void close();
}
