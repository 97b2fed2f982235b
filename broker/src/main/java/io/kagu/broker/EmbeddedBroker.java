package io.kagu.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running single-node Kafka broker in a child process, which ends with this one at the latest.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final Process child;
    private final int port;
    private final DataFolder folder;
    private final CompletableFuture<BrokerExit> exit;
    private volatile boolean stopRequested;

    EmbeddedBroker(Process child, int port, DataFolder folder) {
        this.child = child;
        this.port = port;
        this.folder = folder;
        this.exit = child.onExit().thenApply(ended -> exit(ended.exitValue()));
    }

    /**
     * Starts a broker and returns once it serves.
     *
     * @throws BrokerStartException if it cannot, with a message that says what to do
     */
    public static EmbeddedBroker start(BrokerConfig config) {
        return new BrokerStart(config).run();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Completes when the child has ended, be it by itself or on request. */
    public CompletableFuture<BrokerExit> onExit() {
        return exit.copy();
    }

    /** Kills the broker without warning, as kill -9 does, and waits for its end. */
    public void kill() {
        child.destroyForcibly();
        awaitEnd();
    }

    /** Stops the broker in order; kills it if that takes too long. Its data stays. */
    @Override
    public void close() {
        stopRequested = true;
        child.destroy();
        if (!awaitEnd()) {
            child.destroyForcibly();
            awaitEnd();
        }
    }

    private BrokerExit exit(int code) {
        return new BrokerExit(code, stopRequested, LogDiagnosis.lastErrors(folder.log()));
    }

    private boolean awaitEnd() {
        try {
            return child.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
