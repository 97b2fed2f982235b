package io.kagu.statusapi.core;

import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.job.WaitEstimate;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where a live job stands, estimated from what its pool's owner last said. The exact place is known
 * to the owner alone; this one errs by what moved since, and is never outside the job's lane.
 *
 * @param position jobs ahead; 0 for the next one and for a running job
 * @param depth jobs that wait in the pool
 * @param estimatedWait absent while there is nothing to estimate it from
 */
public record QueuePlace(long position, long depth, Optional<WaitEstimate> estimatedWait) {

    private static final double MILLIS = 1000.0;

    /** The 90th percentile of the standard normal distribution. */
    private static final double Z90 = 1.2816;

    /** The place of a job; empty once it has ended. */
    public static Optional<QueuePlace> of(JobView job, QueueStatus status) {
        return switch (job.state()) {
            case QUEUED, RETRYING -> Optional.of(waiting(job, status));
            case RUNNING ->
                    Optional.of(
                            new QueuePlace(0, status.waiting(), Optional.of(WaitEstimate.NONE)));
            case COMPLETED, DEAD, CANCELLED, EXPIRED -> Optional.empty();
        };
    }

    private static QueuePlace waiting(JobView job, QueueStatus status) {
        long higher =
                status.lanes().stream()
                        .filter(lane -> lane.priority().compareTo(job.priority()) < 0)
                        .mapToLong(LaneStatus::waiting)
                        .sum();
        long inLane =
                status.lanes().stream()
                        .filter(lane -> lane.priority() == job.priority())
                        .mapToLong(lane -> placeInLane(job.sequence(), lane))
                        .sum();
        long position = higher + inLane;
        return new QueuePlace(position, status.waiting(), wait(position, status));
    }

    /** A job the owner has not taken in yet stands behind the whole lane. */
    private static long placeInLane(OptionalLong sequence, LaneStatus lane) {
        if (sequence.isEmpty()) {
            return lane.waiting();
        }
        long behindHead = sequence.getAsLong() - lane.headSequence().orElse(sequence.getAsLong());
        return Math.clamp(behindHead, 0L, Math.max(0L, lane.waiting() - 1L));
    }

    /**
     * Time until a place is served: by the rate at which jobs end; before any has, by what one call
     * takes. Ends that come one by one at that rate make it a gamma distribution, whose upper
     * quantile is that of Wilson and Hilferty (1931).
     */
    public static Optional<WaitEstimate> wait(long position, QueueStatus status) {
        OptionalDouble perSecond = perSecond(status);
        if (perSecond.isEmpty()) {
            return Optional.empty();
        }
        if (position == 0 && status.running() < status.slots()) {
            return Optional.of(WaitEstimate.NONE);
        }
        double ends = position + 1.0;
        double p90 = ends * Math.pow(1 - 1 / (9 * ends) + Z90 / (3 * Math.sqrt(ends)), 3);
        double rate = perSecond.getAsDouble();
        return Optional.of(new WaitEstimate(rounded(position / rate), rounded(p90 / rate)));
    }

    private static OptionalDouble perSecond(QueueStatus status) {
        if (status.endedPerSecond() > 0) {
            return OptionalDouble.of(status.endedPerSecond());
        }
        return status.serviceMillis() > 0 && status.slots() > 0
                ? OptionalDouble.of(status.slots() * MILLIS / status.serviceMillis())
                : OptionalDouble.empty();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * MILLIS) / MILLIS;
    }
}
