package io.kagu.common.admission;

import io.kagu.common.job.Priority;

/**
 * At how many waiting jobs a pool begins to warn and to turn jobs away.
 *
 * @param capacity from here nothing is taken in
 * @param warn from here callers are warned
 * @param shedLow from here no low job is taken in
 * @param shedNormal from here no normal job is taken in
 */
public record Thresholds(int capacity, int warn, int shedLow, int shedNormal) {

    private static final int WHOLE = 100;

    /** Shares of a capacity, in percent; a share is rounded up to whole jobs. */
    public static Thresholds of(int capacity, Percent percent) {
        return new Thresholds(
                capacity,
                share(capacity, percent.warn()),
                share(capacity, percent.shedLow()),
                share(capacity, percent.shedNormal()));
    }

    /** Thresholds as percentages of the capacity. */
    public record Percent(int warn, int shedLow, int shedNormal) {

        /** What small installations use: 30, 35 and 40 of 50. */
        public static final Percent DEFAULT = new Percent(60, 70, 80);
    }

    /** From how many waiting jobs this priority is turned away. */
    public int limit(Priority priority) {
        return switch (priority) {
            case HIGH -> capacity;
            case NORMAL -> shedNormal;
            case LOW -> shedLow;
        };
    }

    private static int share(int capacity, int percent) {
        return Math.ceilDiv(Math.multiplyExact(capacity, percent), WHOLE);
    }
}
