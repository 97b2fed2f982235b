package io.kagu.bench.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one clock of all processes of a benchmark: the machine's own, in microseconds. */
public final class WallClock {

    private WallClock() {}

    public static long micros() {
        return micros(Instant.now());
    }

    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
