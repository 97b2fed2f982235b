package io.kagu.bench.pipeline;

/** What the numbers of a benchmark are held to. */
public final class Bounds {

    private Bounds() {}

    /**
     * Holds a number to 1 and the most.
     *
     * @throws IllegalArgumentException if it is outside; the message names it
     */
    public static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d, not %d".formatted(name, most, value));
        }
    }
}
