package io.kagu.dispatcher.core;

/**
 * How often a job is tried again, and when. Times are milliseconds.
 *
 * @param maxAttempts failed attempts of jobs that state no number of their own
 * @param maxLosses lost calls before a job counts as one that kills its executor
 * @param backoffBase first pause between failed attempts; doubles
 * @param backoffMax longest pause between attempts, a GPU's own wish included
 * @param poisonFaults failed attempts, on at least two GPUs that serve others well, before a job
 *     counts as poison
 * @param share retries of a pool for each 100 jobs that begin
 * @param perSecond retries of a pool in a second, whatever begins
 */
public record RetryRules(
        int maxAttempts,
        int maxLosses,
        long backoffBase,
        long backoffMax,
        int poisonFaults,
        int share,
        int perSecond) {

    /** What a pool does unless told otherwise. */
    public static final RetryRules DEFAULTS = new RetryRules(4, 10, 1_000, 300_000, 3, 20, 10);
}
