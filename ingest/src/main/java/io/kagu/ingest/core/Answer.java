package io.kagu.ingest.core;

import io.kagu.common.job.JobView;

import java.time.Duration;
import java.util.Optional;

/** What the front door says to one submission. */
public sealed interface Answer {

    /**
     * The job is stored and will reach a terminal state.
     *
     * @param warned whether the pool fills up
     */
    record Accepted(JobView job, boolean warned, Place place) implements Answer {}

    /** The job was not taken in. */
    record Refused(Refusal refusal) implements Answer {}

    /**
     * A job's place in the queue when it came.
     *
     * @param position how many jobs went before it; empty while the pool's owner has not been heard
     * @param depth how many jobs waited in its pool, this one counted; empty as the position is
     * @param estimatedWait empty while unknown
     */
    record Place(
            Optional<Integer> position,
            Optional<Integer> depth,
            Optional<Duration> estimatedWait) {}

    /** The stable word for metrics: the refusal's code, or how the job was accepted. */
    default String code() {
        return switch (this) {
            case Accepted(_, boolean warned, _) -> warned ? "accepted_warn" : "accepted";
            case Refused(Refusal refusal) -> refusal.code();
        };
    }
}
