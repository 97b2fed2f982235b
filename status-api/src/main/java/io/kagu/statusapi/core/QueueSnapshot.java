package io.kagu.statusapi.core;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.job.WaitEstimate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a pool's owner last said of its queue, and whether that was too long ago to count on.
 *
 * @param stale the owner speaks about once a second; silence means it died or cannot be heard
 */
public record QueueSnapshot(QueueStatus status, boolean stale) {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /** The snapshot as seen now. */
    public static QueueSnapshot of(QueueStatus status, Instant now) {
        return new QueueSnapshot(status, status.time().plus(FRESH).isBefore(now));
    }

    /** Where the pool's owner can be asked; empty if it does not say, or what is no address. */
    public Optional<ReplicaAddress> owner() {
        try {
            return status.ownerUrl().map(ReplicaAddress::parse);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Where a job stands; a stale snapshot still tells the place but no time, nor is there one for
     * a job that is paused.
     */
    public Optional<QueuePlace> place(JobView job) {
        boolean timeless = stale || pause(job).isPresent();
        return QueuePlace.of(job, status).map(place -> timeless ? withoutTime(place) : place);
    }

    /** How long one more job of a priority would wait; empty while that cannot be said. */
    public Optional<WaitEstimate> waitAtTheEndOf(Priority priority) {
        long ahead =
                status.lanes().stream()
                        .filter(lane -> lane.priority().compareTo(priority) <= 0)
                        .mapToLong(LaneStatus::waiting)
                        .sum();
        return stale ? Optional.empty() : QueuePlace.wait(ahead, status);
    }

    /** The pause that a waiting job waits for: of several the one that lasts longest. */
    public Optional<Pause> pause(JobView job) {
        return status.pauses().stream()
                .filter(_ -> job.state() == JobStatus.QUEUED)
                .filter(pause -> pause.holds(status.time()))
                .filter(pause -> pause.scope().covers(job.priority(), job.model()))
                .max(Comparator.comparing(pause -> pause.until().orElse(Instant.MAX)));
    }

    private static QueuePlace withoutTime(QueuePlace place) {
        return new QueuePlace(place.position(), place.depth(), Optional.empty());
    }
}
