package io.kagu.dispatcher.pool;

import io.kagu.common.job.JobPlace;

/** What comes of asking this replica where a job stands. */
public sealed interface PlaceAnswer {

    /** The owner knows the job; one that has ended has no position. */
    record Known(JobPlace place) implements PlaceAnswer {}

    /** The owner knows no such job. */
    record UnknownJob() implements PlaceAnswer {}

    /** No task of this replica owns the pool, or it does no longer. */
    record NotOwner() implements PlaceAnswer {}

    /** So many others ask that this question was not taken. */
    record Busy() implements PlaceAnswer {}
}
