package io.kagu.dispatcher.core;

/** The usual rules, but for one. */
public final class RulesSample {

    private static final PoolRules USUAL = PoolRules.DEFAULTS;

    private RulesSample() {}

    /** A pool that holds so many live jobs. */
    public static PoolRules holding(int capacity) {
        return rules(capacity, USUAL.weights());
    }

    /** Tenants of these weights, such as {@code acme=3,beta=2}. */
    public static PoolRules weighing(String weights) {
        return rules(USUAL.capacity(), TenantWeights.parse(weights));
    }

    private static PoolRules rules(int capacity, TenantWeights weights) {
        return new PoolRules(
                USUAL.maxAttempts(),
                USUAL.maxLosses(),
                USUAL.maxWait(),
                capacity,
                USUAL.backoffBase(),
                USUAL.backoffMax(),
                USUAL.lostAfter(),
                USUAL.unlistedAfter(),
                USUAL.abortGrace(),
                USUAL.abortEvery(),
                USUAL.unservedAfter(),
                USUAL.batch(),
                USUAL.breaker(),
                weights);
    }
}
