package io.kagu.bench.routing;

import io.kagu.bench.core.Samples;

import java.util.function.ToDoubleFunction;

/**
 * A figure that contenders are compared by, in seconds; less is better. A wait is from arrival to
 * the beginning of the call.
 */
public enum Measure {
    MAKESPAN("makespan", true, Figures::makespan),
    IDLE("idle slot-s", true, Figures::idle),
    WAIT_P50("wait p50", true, f -> half(f.all())),
    WAIT_P99("wait p99", true, f -> most(f.all())),
    WAIT_MEAN("wait mean", false, f -> f.all().mean()),
    HIGH_P50("high p50", true, f -> half(f.high())),
    HIGH_P99("high p99", true, f -> most(f.high())),
    LOW_P50("low p50", false, f -> half(f.low())),
    LOW_P99("low p99", false, f -> most(f.low()));

    private static final double MILLIS_PER_SECOND = 1_000;

    private final String title;
    private final boolean target;

    // Every function above is without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Figures> millis;

    Measure(String title, boolean target, ToDoubleFunction<Figures> millis) {
        this.title = title;
        this.target = target;
        this.millis = millis;
    }

    /** What a table calls it. */
    public String title() {
        return title;
    }

    /** Whether Kagu is meant to be ahead; the others are told beside the targets. */
    public boolean target() {
        return target;
    }

    /** The figure of one run. */
    double seconds(Figures figures) {
        return millis.applyAsDouble(figures) / MILLIS_PER_SECOND;
    }

    private static double half(Samples waits) {
        return waits.percentile(50);
    }

    private static double most(Samples waits) {
        return waits.percentile(99);
    }
}
