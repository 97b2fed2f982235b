package io.kagu.dispatcher.pool;

import io.kagu.common.job.JobPlace;

import java.util.List;

/** What comes of asking this replica where jobs stand. */
public sealed interface PlaceAnswer {

    /**
     * The owner has looked, at one moment.
     *
     * @param places of the jobs that it knows, in the order they were asked for; one that has ended
     *     has no position
     */
    record Told(List<JobPlace> places) implements PlaceAnswer {

        public Told {
            places = List.copyOf(places);
        }
    }

    /** No task of this replica owns the pool, or it does no longer. */
    record NotOwner() implements PlaceAnswer {}

    /** So many others ask that this question was not taken. */
    record Busy() implements PlaceAnswer {}
}
