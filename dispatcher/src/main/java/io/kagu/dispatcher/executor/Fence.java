package io.kagu.dispatcher.executor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows when an executor must take itself for cut off: others may have called it lost and given its
 * jobs to somebody else. Times are {@link System#nanoTime} values.
 */
final class Fence {

    private final long limit;
    private final AtomicLong provenAt;

    Fence(Duration limit, long now) {
        this.limit = limit.toNanos();
        this.provenAt = new AtomicLong(now);
    }

    /** A heartbeat was acknowledged that was sent at this time: others have heard of us since. */
    void proven(long sentAt) {
        provenAt.accumulateAndGet(sentAt, (known, sent) -> sent - known > 0 ? sent : known);
    }

    /** Whether too long nothing was heard of us. */
    boolean cutOff(long now) {
        return now - provenAt.get() > limit;
    }
}
