package io.kagu.statusapi.core;

import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where a live job stands, estimated from what its pool's owner last said. The exact place is known
 * to the owner alone; this one errs by what moved since, and is never outside the job's lane.
 *
 * @param position jobs ahead; 0 for the next one and for a running job
 * @param depth jobs that wait in the pool
 * @param waitSeconds absent while there is nothing to estimate it from
 */
public record QueuePlace(long position, long depth, OptionalDouble waitSeconds) {

    private static final double MILLIS = 1000.0;

    /** The place of a job; empty once it has ended. */
    public static Optional<QueuePlace> of(JobView job, QueueStatus status) {
        return switch (job.state()) {
            case QUEUED, RETRYING -> Optional.of(waiting(job, status));
            case RUNNING -> Optional.of(new QueuePlace(0, depth(status), OptionalDouble.of(0)));
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
        return new QueuePlace(position, depth(status), wait(position, status));
    }

    /** A job the owner has not taken in yet stands behind the whole lane. */
    private static long placeInLane(OptionalLong sequence, LaneStatus lane) {
        if (sequence.isEmpty()) {
            return lane.waiting();
        }
        long behindHead = sequence.getAsLong() - lane.headSequence().orElse(sequence.getAsLong());
        return Math.clamp(behindHead, 0L, Math.max(0L, lane.waiting() - 1L));
    }

    private static long depth(QueueStatus status) {
        return status.lanes().stream().mapToLong(LaneStatus::waiting).sum();
    }

    /**
     * Seconds until a place is served: by the rate at which jobs end; before any has, by what one
     * call takes.
     */
    public static OptionalDouble wait(long position, QueueStatus status) {
        if (status.endedPerSecond() > 0) {
            return OptionalDouble.of(rounded(position / status.endedPerSecond()));
        }
        if (status.serviceMillis() > 0 && status.slots() > 0) {
            double perJob = status.serviceMillis() / MILLIS / status.slots();
            return OptionalDouble.of(rounded(position * perJob));
        }
        return OptionalDouble.empty();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * MILLIS) / MILLIS;
    }
}
