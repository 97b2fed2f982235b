package io.kagu.bench.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one clock of all processes of a benchmark: the machine's own, in microseconds. */
final class WallClock {

    private WallClock() {}

    static long micros() {
        return micros(Instant.now());
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
