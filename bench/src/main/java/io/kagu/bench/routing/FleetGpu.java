package io.kagu.bench.routing;

import java.util.List;

/**
 * A GPU of the simulated fleet.
 *
 * @param index its place in the fleet, from 0
 * @param speed a call takes its job's demand divided by this, however many others run beside it
 * @param slots calls it runs at once
 * @param modelVramPercent memory that its models hold while it is idle
 */
record FleetGpu(int index, int speed, int slots, List<String> models, int modelVramPercent) {

    FleetGpu {
        models = List.copyOf(models);
    }

    /** What a registry calls it. */
    String name() {
        return "gpu-%03d".formatted(index);
    }

    boolean serves(String model) {
        return models.contains(model);
    }

    /** Demand that it works off in a millisecond, in milliseconds. */
    int capacity() {
        return speed * slots;
    }

    /** How long a call takes, in milliseconds. */
    long serviceMillis(FleetJob job) {
        return Math.max(1, Math.round(job.demandMillis() / speed));
    }
}
