package io.kagu.local.gpu;

import java.util.concurrent.atomic.AtomicInteger;

/** How often waiting calls look whether their client is still there. */
final class PollingPace {

    private static final long FASTEST_NANOS = 5_000_000;
    private static final long NANOS_PER_WAITER = 50_000;

    private final AtomicInteger waiters = new AtomicInteger();

    void waiterCame() {
        waiters.incrementAndGet();
    }

    void waiterWent() {
        waiters.decrementAndGet();
    }

    /** Grows with the crowd, so that all of them together look at most 20,000 times a second. */
    long intervalNanos() {
        return Math.max(FASTEST_NANOS, waiters.get() * NANOS_PER_WAITER);
    }
}
