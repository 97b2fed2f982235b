package io.kagu.dispatcher.core;

/**
 * How fast a pool ends jobs: a rate over the last minute in buckets of a second, and the mean
 * duration of successful calls, exponentially weighted 0.8 old to 0.2 new.
 */
final class ServiceRates {

    private static final int SECONDS = 60;
    private static final double OLD_WEIGHT = 0.8;

    private final long since;
    private final long[] ends = new long[SECONDS];
    private final long[] bucketSecond = new long[SECONDS];
    private long total;
    private double serviceMillis;

    ServiceRates(long since) {
        this.since = since;
    }

    void ended(JobRow row, long at) {
        total++;
        long second = at / 1000;
        int bucket = (int) (second % SECONDS);
        if (bucketSecond[bucket] != second) {
            bucketSecond[bucket] = second;
            ends[bucket] = 0;
        }
        ends[bucket]++;
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
        long current = now / 1000;
        long recent = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (current - bucketSecond[i] < SECONDS) {
                recent += ends[i];
            }
        }
        double window = Math.clamp((now - since) / 1000.0, 1.0, SECONDS);
        return recent / window;
    }
}
