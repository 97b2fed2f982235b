package io.kagu.bench.chaos.core;

import io.kagu.common.job.Priority;

import java.util.SplittableRandom;

/** Draws the jobs of a run: lanes, tenants, pools and models, each the same for the same seed. */
public final class JobMix {

    private static final int TENANTS = 4;
    private static final double HIGH = 0.2;
    private static final double LOW = 0.7;
    private static final double RARE = 0.25;

    private final SplittableRandom random;
    private final FleetPlan fleet;

    public JobMix(long seed, FleetPlan fleet) {
        this.random = new SplittableRandom(seed);
        this.fleet = fleet;
    }

    /** The next job. */
    public SentJob next(String id) {
        String pool = fleet.pools().get(random.nextInt(fleet.pools().size()));
        String model = random.nextDouble() < RARE ? FleetPlan.rare(pool) : FleetPlan.common(pool);
        return new SentJob(id, pool, model, lane(), "tenant-" + random.nextInt(TENANTS));
    }

    private Priority lane() {
        double drawn = random.nextDouble();
        if (drawn < HIGH) {
            return Priority.HIGH;
        }
        return drawn < LOW ? Priority.NORMAL : Priority.LOW;
    }
}
