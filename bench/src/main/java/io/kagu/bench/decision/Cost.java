package io.kagu.bench.decision;

/**
 * What one operation of the core costs with a backlog of one size.
 *
 * @param nanos median of the iterations' mean times: a full collection takes longer than an
 *     iteration lasts
 * @param error half of the range of the middle half of the iterations, nanoseconds
 * @param bytes allocated
 * @param grantNanos mean time of the grant alone; 0 for what grants nothing
 */
public record Cost(Backlog.Size size, double nanos, double error, double bytes, double grantNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** How many of them one thread makes in a second. */
    public double perSecond() {
        return NANOS_PER_SECOND / nanos;
    }

    /** How many grants alone one thread makes in a second. */
    public double grantsPerSecond() {
        return grantNanos == 0 ? 0 : NANOS_PER_SECOND / grantNanos;
    }

    /** The error by the median. */
    double relativeError() {
        return error / nanos;
    }
}
