package io.kagu.local.gpu;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks for all calls that wait whether their clients are still there, so that they can sleep.
 *
 * <p>One thread does it for all calls of a GPU, and exists only while one waits: each of them
 * looking for itself costs a simulated GPU more than all the rest of a call.
 */
final class ClientWatch {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final Map<ClientConnection, Runnable> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * @param gone run when the client has left
     */
    void begin(ClientConnection connection, Runnable gone) {
        waiting.put(connection, gone);
        lookIfNobodyDoes();
    }

    void end(ClientConnection connection) {
        waiting.remove(connection);
    }

    private void lookIfNobodyDoes() {
        if (looking.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("gpu-client-watch").start(this::look);
        }
    }

    private void look() {
        try {
            while (!waiting.isEmpty()) {
                Thread.sleep(INTERVAL);
                waiting.forEach(ClientWatch::lookAt);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            looking.set(false);
        }
        if (!waiting.isEmpty()) {
            // It came after the last look, when this thread still seemed to be there.
            lookIfNobodyDoes();
        }
    }

    private static void lookAt(ClientConnection connection, Runnable gone) {
        if (connection.isClosed()) {
            gone.run();
        }
    }
}
