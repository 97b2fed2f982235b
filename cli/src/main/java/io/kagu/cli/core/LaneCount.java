package io.kagu.cli.core;

/**
 * How far a lane is.
 *
 * @param done lines that ended, however
 * @param failed of these, how many did not complete
 */
public record LaneCount(int total, int done, int failed) {

    /** Nothing of nothing. */
    public static final LaneCount NONE = new LaneCount(0, 0, 0);

    LaneCount plus(LaneCount other) {
        return new LaneCount(total + other.total, done + other.done, failed + other.failed);
    }
}
