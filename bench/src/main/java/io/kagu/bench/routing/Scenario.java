package io.kagu.bench.routing;

/**
 * How much work comes to what fleet.
 *
 * @param load mean demand by what the fleet can work off; 1 is saturation
 * @param gpus in the fleet
 * @param jobs that arrive before the fleet runs empty
 */
public record Scenario(double load, int gpus, int jobs) {

    private static final int GPUS = 12;
    private static final int JOBS = 3_000;

    /** The usual fleet under this load. */
    public static Scenario atLoad(double load) {
        return new Scenario(load, GPUS, JOBS);
    }
}
