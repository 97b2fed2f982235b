package io.kagu.statusapi.fold;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes one who waits for a condition: rung whenever the condition may have become true, also
 * before anyone listens. Who hears it looks again.
 */
public final class Bell {

    private final Semaphore rings = new Semaphore(0);

    /** Wakes the listener, now or when it next listens. */
    public void ring() {
        rings.release();
    }

    /**
     * Waits for the next ring; several rings before are heard as one.
     *
     * @return whether it rang in time
     */
    public boolean await(Duration longest) {
        try {
            boolean rang = rings.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
            rings.drainPermits();
            return rang;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
