package io.kagu.dispatcher.core;

/** The usual rules, but for one. */
public final class RulesSample {

    private static final PoolRules USUAL = PoolRules.DEFAULTS;

    private RulesSample() {}

    /** A pool that holds so many live jobs. */
    public static PoolRules holding(int capacity) {
        return rules(capacity, quick(), USUAL.weights());
    }

    /** Tenants of these weights, such as {@code acme=3,beta=2}. */
    public static PoolRules weighing(String weights) {
        return rules(USUAL.capacity(), USUAL.breaker(), TenantWeights.parse(weights));
    }

    /** Without a pause after serial faults, so that retries on one GPU are quick. */
    static PoolRules unpausing() {
        return failing(quick());
    }

    /** Other rules for GPUs that fail. */
    static PoolRules failing(BreakerRules breaker) {
        return rules(USUAL.capacity(), breaker, USUAL.weights());
    }

    private static BreakerRules quick() {
        return new BreakerRules(USUAL.breaker().faults(), USUAL.breaker().pause());
    }

    private static PoolRules rules(int capacity, BreakerRules breaker, TenantWeights weights) {
        return new PoolRules(
                USUAL.retries(),
                USUAL.maxWait(),
                capacity,
                USUAL.lostAfter(),
                USUAL.unlistedAfter(),
                USUAL.abortGrace(),
                USUAL.abortEvery(),
                USUAL.unservedAfter(),
                USUAL.batch(),
                breaker,
                weights);
    }
}
