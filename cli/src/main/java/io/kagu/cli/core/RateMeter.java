package io.kagu.cli.core;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many per second, over the last few seconds. */
final class RateMeter {

    private static final long WINDOW_MILLIS = 10_000;

    private record Sample(long millis, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Notes a count and says the rate up to now. */
    double rate(long nowMillis, long count) {
        samples.addLast(new Sample(nowMillis, count));
        while (samples.size() > 2 && samples.getFirst().millis() < nowMillis - WINDOW_MILLIS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long passed = nowMillis - first.millis();
        return passed <= 0 ? 0 : (count - first.count()) * 1000.0 / passed;
    }
}
