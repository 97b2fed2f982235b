package io.kagu.dispatcher.core;

/** Counts what happens, for its rate over the last minute, in buckets of a second. */
final class SlidingMinute {

    private static final int SECONDS = 60;
    private static final double MILLIS = 1000;

    private final long since;
    private final long[] counts = new long[SECONDS];
    private final long[] bucketSecond = new long[SECONDS];

    /**
     * @param since when counting began, epoch milliseconds
     */
    SlidingMinute(long since) {
        this.since = since;
    }

    void count(long at) {
        long second = at / 1000;
        int bucket = (int) (second % SECONDS);
        if (bucketSecond[bucket] != second) {
            bucketSecond[bucket] = second;
            counts[bucket] = 0;
        }
        counts[bucket]++;
    }

    double perSecond(long now) {
        long current = now / 1000;
        long recent = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (current - bucketSecond[i] < SECONDS) {
                recent += counts[i];
            }
        }
        return recent / Math.clamp((now - since) / MILLIS, 1.0, SECONDS);
    }
}
