package io.kagu.dispatcher.core;

/**
 * How fast a pool ends jobs: a rate over the last minute, and the mean duration of successful
 * calls, exponentially weighted 0.8 old to 0.2 new.
 */
final class ServiceRates {

    private static final double OLD_WEIGHT = 0.8;

    private final SlidingMinute ends;
    private long total;
    private double serviceMillis;

    ServiceRates(long since) {
        this.ends = new SlidingMinute(since);
    }

    void ended(JobRow row, long at) {
        total++;
        ends.count(at);
        if (row.state() instanceof JobState.Completed && !row.attempts().isEmpty()) {
            Attempt last = row.attempts().getLast();
            service(last.endedAt() - last.startedAt());
        }
    }

    private void service(long millis) {
        double sample = Math.max(0, millis);
        serviceMillis =
                serviceMillis == 0
                        ? sample
                        : OLD_WEIGHT * serviceMillis + (1 - OLD_WEIGHT) * sample;
    }

    long endedTotal() {
        return total;
    }

    double serviceMillis() {
        return serviceMillis;
    }

    double endedPerSecond(long now) {
        return ends.perSecond(now);
    }
}
