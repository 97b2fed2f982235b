package io.kagu.bench.core;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Measured values of one kind, in no order of time. */
public final class Samples {

    private static final double WHOLE = 100;

    private final long[] sorted;

    private Samples(long[] sorted) {
        this.sorted = sorted;
    }

    /** Takes the values in. */
    public static Samples of(LongStream values) {
        long[] sorted = values.toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /** How many there are. */
    public int size() {
        return sorted.length;
    }

    /**
     * The smallest value that at least {@code percent} of all do not exceed (nearest rank).
     *
     * @param percent above 0, at most 100
     */
    public long percentile(double percent) {
        if (percent <= 0 || percent > WHOLE || sorted.length == 0) {
            throw new IllegalArgumentException(
                    "no percentile %s of %d values".formatted(percent, sorted.length));
        }
        int rank = (int) Math.ceil(percent / WHOLE * sorted.length);
        return sorted[rank - 1];
    }

    /** Their mean; not a number where there are none. */
    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }
}
