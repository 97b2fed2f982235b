package io.kagu.dispatcher.core;

/**
 * The bounds a pool keeps to. Times are milliseconds.
 *
 * @param retries how often a job is tried again, and when
 * @param maxWait from intake to the last moment a GPU may take a job that states no deadline
 * @param capacity live jobs before further ones die of overflow
 * @param lostAfter silence after which an executor counts as lost
 * @param unlistedAfter age of a call before its absence from a heartbeat means anything
 * @param abortGrace time an abort may take, on top of the call's own limit
 * @param abortEvery how often an abort is repeated until its outcome is there
 * @param unservedAfter how long a job may wait for a model that no GPU serves
 * @param batch jobs moved on by one tick at most
 * @param breaker when a failing GPU gets no calls
 * @param weights how tenants share a lane
 */
public record PoolRules(
        RetryRules retries,
        long maxWait,
        int capacity,
        long lostAfter,
        long unlistedAfter,
        long abortGrace,
        long abortEvery,
        long unservedAfter,
        int batch,
        BreakerRules breaker,
        TenantWeights weights) {

    /** What a pool does unless told otherwise. */
    public static final PoolRules DEFAULTS =
            new PoolRules(
                    RetryRules.DEFAULTS,
                    24 * 3_600_000L,
                    1_000_000,
                    6_000,
                    1_000,
                    5_000,
                    2_000,
                    60_000,
                    500,
                    new BreakerRules(3, 30_000, 15_000, 300_000),
                    TenantWeights.EQUAL);
}
