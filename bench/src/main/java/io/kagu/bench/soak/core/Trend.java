package io.kagu.bench.soak.core;

import java.util.List;

/**
 * How one figure went through a run. Most are sawtooths, such as a heap between collections or a
 * topic between deletions, so they are judged by their floor: the least of the last quarter of the
 * jobs against that of the second one, by when what is kept for a time has begun to go.
 *
 * @param name of the figure
 * @param second the least of the second quarter, in bytes
 * @param last the least of the last quarter, in bytes
 */
public record Trend(String name, long second, long last) {

    /** Flat is what grows by no more than this between the second quarter and the last. */
    public static final double MOST_GROWTH = 1.25;

    /** Nor is that growth which is too small to matter, in bytes. */
    public static final long NOISE = 16 << 20;

    /** The trend of a figure. */
    public static Trend of(String name, int index, List<Sample> samples) {
        int total = samples.getLast().jobs();
        return new Trend(
                name,
                least(index, samples, total / 4, total / 2),
                least(index, samples, total - total / 4, total));
    }

    private static long least(int index, List<Sample> samples, int from, int to) {
        return samples.stream()
                .filter(sample -> sample.jobs() >= from && sample.jobs() <= to)
                .mapToLong(sample -> sample.figures().get(index))
                .min()
                .orElse(0);
    }

    /** The last quarter's level as a multiple of the second one's. */
    public double growth() {
        return second == 0 ? 1 : (double) last / second;
    }

    /** Whether it would go on like this for ever. */
    public boolean flat() {
        return growth() <= MOST_GROWTH || last - second <= NOISE;
    }
}
