package io.kagu.statusapi.web.queueclient;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Times as queue clients read them: seconds since 1970, with milliseconds. */
final class EpochSeconds {

    private static final double MILLIS = 1000.0;

    private EpochSeconds() {}

    static double of(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    static OptionalDouble of(Optional<Instant> time) {
        return time.map(known -> OptionalDouble.of(of(known))).orElse(OptionalDouble.empty());
    }
}
