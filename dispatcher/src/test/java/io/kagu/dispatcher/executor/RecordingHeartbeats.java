package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps heartbeats instead of sending them; can lose its brokers. */
final class RecordingHeartbeats implements HeartbeatPublisher {

    private final List<Heartbeat> sent = new CopyOnWriteArrayList<>();
    private final List<String> withdrawn = new CopyOnWriteArrayList<>();

    private volatile boolean brokersAway;

    @Override
    public CompletableFuture<Void> publish(Heartbeat heartbeat) {
        if (brokersAway) {
            return CompletableFuture.failedFuture(new IOException("brokers away"));
        }
        sent.add(heartbeat);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> withdraw(String incarnation) {
        withdrawn.add(incarnation);
        return CompletableFuture.completedFuture(null);
    }

    void loseBrokers() {
        brokersAway = true;
    }

    void findBrokers() {
        brokersAway = false;
    }

    List<Heartbeat> sent() {
        return sent;
    }

    Heartbeat last() {
        return sent.getLast();
    }

    List<String> withdrawn() {
        return withdrawn;
    }

    @Override
    public void close() {}
}
