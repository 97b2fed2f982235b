package io.kagu.bench.core;

import java.util.List;

/** The middle of some values: what one disturbed repeat cannot move far. */
public final class Median {

    private Median() {}

    /** The middle value; the mean of the two in the middle where there is none. */
    public static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no median of nothing");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
