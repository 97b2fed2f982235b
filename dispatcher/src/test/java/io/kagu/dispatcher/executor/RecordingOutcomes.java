package io.kagu.dispatcher.executor;

import static org.awaitility.Awaitility.await;

import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps outcomes instead of publishing them; acknowledges at once, or when told to. */
final class RecordingOutcomes implements OutcomePublisher {

    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new CopyOnWriteArrayList<>();

    private volatile boolean holding;
    private volatile boolean closed;
    private volatile boolean closedWhileHolding;

    /** An outcome as it was published. */
    record Published(String pool, AttemptOutcome attempt, String body) {

        Outcome outcome() {
            return attempt.outcome();
        }
    }

    @Override
    public void publish(String pool, AttemptOutcome outcome, byte[] body, Runnable acknowledged) {
        // Who sees the outcome may release it at once: it must be among the held ones by then.
        boolean hold = holding;
        if (hold) {
            held.add(acknowledged);
        }
        published.add(new Published(pool, outcome, new String(body, StandardCharsets.UTF_8)));
        if (!hold) {
            acknowledged.run();
        }
    }

    /** From now on outcomes are not acknowledged. */
    void hold() {
        holding = true;
    }

    /** Acknowledges what was held back. */
    void release() {
        holding = false;
        held.forEach(Runnable::run);
    }

    List<Published> all() {
        return published;
    }

    Published only() {
        await().until(() -> !published.isEmpty());
        if (published.size() > 1) {
            throw new AssertionError("more than one outcome: " + published);
        }
        return published.getFirst();
    }

    /** Whether it was closed before what was held back was acknowledged. */
    boolean closedWhileHolding() {
        return closedWhileHolding;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closedWhileHolding = holding;
        closed = true;
    }
}
