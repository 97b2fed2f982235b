package io.kagu.ingest.core;

import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.time.Duration;
import java.util.Optional;

/** How long a place in the queue takes, from what the pool's owner measured. */
public final class WaitEstimate {

    private static final double MILLIS = 1000.0;
    private static final int MIN_SECONDS = 1;
    private static final int MAX_SECONDS = 60;

    private WaitEstimate() {}

    /** Until so many jobs are gone; empty while the pool has no measurement. */
    static Optional<Duration> timeFor(int jobs, QueueStatus status) {
        double rate = jobsPerSecond(status);
        return rate > 0
                ? Optional.of(Duration.ofMillis(Math.round(jobs / rate * MILLIS)))
                : Optional.empty();
    }

    /**
     * When to come back, in whole seconds of {@value #MIN_SECONDS} to {@value #MAX_SECONDS}.
     *
     * @param unknown the answer where there is no estimate
     */
    public static int retryAfterSeconds(Optional<Duration> estimate, int unknown) {
        return estimate.map(WaitEstimate::clampedSeconds).orElse(unknown);
    }

    private static int clampedSeconds(Duration time) {
        return Math.clamp(Math.ceilDiv(time.toMillis(), (long) MILLIS), MIN_SECONDS, MAX_SECONDS);
    }

    /**
     * While jobs wait, the measured rate is what the pool can do; an idle pool's rate only says
     * that little came, so there the slots and the time of a call count first.
     */
    private static double jobsPerSecond(QueueStatus status) {
        double possible = possiblePerSecond(status);
        boolean busy = status.lanes().stream().mapToInt(LaneStatus::waiting).sum() > 0;
        double first = busy ? status.endedPerSecond() : possible;
        return first > 0 ? first : Math.max(possible, status.endedPerSecond());
    }

    private static double possiblePerSecond(QueueStatus status) {
        return status.serviceMillis() > 0 ? status.slots() * MILLIS / status.serviceMillis() : 0;
    }
}
