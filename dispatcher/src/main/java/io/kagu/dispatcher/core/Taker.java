package io.kagu.dispatcher.core;

/**
 * Who makes the next call.
 *
 * @param executor its incarnation
 * @param freeCalls how many more calls it may have in flight
 * @param startBefore what {@link Lease#startBefore} is to be
 */
public record Taker(String executor, int freeCalls, long startBefore) {

    /** Milliseconds that a spilled call may be on its way before it is too late to begin. */
    public static final long START_WITHIN = 2_000;

    /** The owner's own executor, which begins a call at once. */
    public static Taker own(String executor, int freeCalls) {
        return new Taker(executor, freeCalls, 0);
    }

    /** A lease of a call that may last so long from its beginning. */
    Lease lease(JobRow row, String gpu, long now, long longest) {
        long onTheWay = startBefore > 0 ? START_WITHIN : 0;
        return new Lease(
                row.id(),
                row.attempt() + 1,
                gpu,
                executor,
                now,
                now + onTheWay + longest,
                startBefore);
    }
}
