package io.kagu.dispatcher.core;

/**
 * Keeps retries from drowning fresh work: each job that begins its first call allows for a part of
 * a retry, and time for a few more. At most ten seconds' worth is saved up. The idea is Finagle's
 * retry budget, which refuses a retry where this one lets it wait.
 */
final class RetryBudget {

    /** One retry, in units of which each millisecond and each fresh job adds a whole number. */
    private static final long RETRY = 100_000;

    private static final long SHARE = RETRY / 100;
    private static final long EACH_MILLI = RETRY / 1_000;
    private static final long SAVED_MILLIS = 10_000;

    private final RetryRules rules;
    private final long most;
    private long saved;
    private long at;

    RetryBudget(RetryRules rules, long now) {
        this.rules = rules;
        this.most = SAVED_MILLIS * EACH_MILLI * rules.perSecond();
        this.saved = most;
        this.at = now;
    }

    /** A job begins its first call. */
    void fresh() {
        saved = Math.min(most, saved + SHARE * rules.share());
    }

    /** A job is queued again; more than are allowed may be where no other job wants the slot. */
    void spend(long now) {
        saved = Math.max(0, savedAt(now) - RETRY);
        at = Math.max(at, now);
    }

    /** How many jobs may be queued again now. */
    int allows(long now) {
        return (int) (savedAt(now) / RETRY);
    }

    private long savedAt(long now) {
        long passed = Math.clamp(now - at, 0, SAVED_MILLIS);
        return Math.min(most, saved + passed * EACH_MILLI * rules.perSecond());
    }
}
