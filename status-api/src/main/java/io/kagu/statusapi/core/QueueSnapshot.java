package io.kagu.statusapi.core;

import io.kagu.common.job.JobView;
import io.kagu.common.job.QueueStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

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

    /** Where a job stands; a stale snapshot still tells the place but no time. */
    public Optional<QueuePlace> place(JobView job) {
        return QueuePlace.of(job, status).map(this::withoutTimeIfStale);
    }

    private QueuePlace withoutTimeIfStale(QueuePlace place) {
        return stale
                ? new QueuePlace(place.position(), place.depth(), OptionalDouble.empty())
                : place;
    }
}
