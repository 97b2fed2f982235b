package io.kagu.bench.routing;

/** A GPU's temperature: follows its use with a lag, as a card's does. */
final class Thermometer {

    private static final double IDLE_CELSIUS = 35;
    private static final double BUSY_CELSIUS = 80;
    private static final double LAG_MILLIS = 20_000;

    private double celsius = IDLE_CELSIUS;
    private long readAt;

    /** Reads it after a time of this use, from 0 to 1. */
    int read(double use, long now) {
        double target = IDLE_CELSIUS + use * (BUSY_CELSIUS - IDLE_CELSIUS);
        double kept = Math.exp(-(now - readAt) / LAG_MILLIS);
        celsius = target + (celsius - target) * kept;
        readAt = now;
        return (int) Math.round(celsius);
    }
}
