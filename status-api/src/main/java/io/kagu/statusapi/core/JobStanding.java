package io.kagu.statusapi.core;

import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a live job stands: as its pool's owner says, or estimated from what that last said of the
 * whole queue.
 *
 * @param position jobs ahead; 0 for the next one and for a running job
 * @param depth jobs that wait in the pool
 * @param estimatedWait absent while there is nothing to tell it from
 * @param reasons why it waits, as the owner says; empty if the place is estimated
 * @param asOf when it was true
 * @param inexact why it is estimated; empty if it is exact
 */
public record JobStanding(
        OptionalLong position,
        OptionalLong depth,
        Optional<WaitEstimate> estimatedWait,
        List<WaitReason> reasons,
        Optional<Instant> asOf,
        Optional<Inexact> inexact) {

    private static final JobStanding NOWHERE =
            new JobStanding(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    public JobStanding {
        reasons = List.copyOf(reasons);
    }

    /** Whether only the owner knows where such a job stands. */
    public static boolean waits(JobView job) {
        return job.state() == JobStatus.QUEUED || job.state() == JobStatus.RETRYING;
    }

    /** A job that waits for nothing: it runs, or has ended. */
    public static JobStanding ofOneThatWaitsNot(JobView job, Optional<QueueSnapshot> queue) {
        return job.state() == JobStatus.RUNNING
                ? new JobStanding(
                        OptionalLong.of(0),
                        depth(queue),
                        Optional.of(WaitEstimate.NONE),
                        List.of(),
                        asOf(queue),
                        Optional.empty())
                : NOWHERE;
    }

    /** A waiting job's place as the owner says. */
    public static JobStanding told(JobView job, JobPlace place, Optional<QueueSnapshot> queue) {
        if (place.state() == JobStatus.RETRYING) {
            // Where it will be again: at its original place.
            JobStanding then = estimated(job, queue, Inexact.RETRYING);
            return new JobStanding(
                    then.position(),
                    OptionalLong.of(place.depth()),
                    place.estimatedWait(),
                    place.reasons(),
                    Optional.of(place.asOf()),
                    then.inexact());
        }
        boolean begun = place.position().isEmpty();
        return new JobStanding(
                begun ? OptionalLong.of(0) : place.position(),
                OptionalLong.of(place.depth()),
                begun ? Optional.of(WaitEstimate.NONE) : place.estimatedWait(),
                place.reasons(),
                Optional.of(place.asOf()),
                Optional.empty());
    }

    /** A waiting job's place estimated from what is known of the queue, and why it is. */
    public static JobStanding estimated(JobView job, Optional<QueueSnapshot> queue, Inexact why) {
        Optional<QueuePlace> place = queue.flatMap(known -> known.place(job));
        return new JobStanding(
                place.map(known -> OptionalLong.of(known.position())).orElse(OptionalLong.empty()),
                place.map(known -> OptionalLong.of(known.depth())).orElse(OptionalLong.empty()),
                place.flatMap(QueuePlace::estimatedWait),
                List.of(),
                asOf(queue),
                Optional.of(why));
    }

    /** Whether it is the owner's word. */
    public boolean exact() {
        return inexact.isEmpty();
    }

    private static OptionalLong depth(Optional<QueueSnapshot> queue) {
        return queue.map(known -> OptionalLong.of(known.status().waiting()))
                .orElse(OptionalLong.empty());
    }

    private static Optional<Instant> asOf(Optional<QueueSnapshot> queue) {
        return queue.map(known -> known.status().time());
    }
}
