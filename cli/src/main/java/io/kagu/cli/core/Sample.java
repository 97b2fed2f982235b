package io.kagu.cli.core;

import java.util.Arrays;
import java.util.OptionalLong;

/** Measured times, for quantiles. */
final class Sample {

    private static final int FIRST_CAPACITY = 64;

    private long[] values = new long[FIRST_CAPACITY];
    private int size;

    void add(OptionalLong value) {
        value.ifPresent(this::add);
    }

    private void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** The smallest value that is not below this share of all; a dash if there is none. */
    String quantile(double share) {
        if (size == 0) {
            return "-";
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * size) - 1;
        return Durations.millis(sorted[Math.clamp(rank, 0, size - 1)]);
    }
}
