package io.kagu.statusapi.query;

import io.kagu.common.job.JobPlace;

import java.util.List;

/** What the owner of a pool, or who is taken for it, answers about many jobs. */
public sealed interface OwnerReply {

    /** Those jobs that it knows; the others it does not. */
    record Told(List<JobPlace> places) implements OwnerReply {

        public Told {
            places = List.copyOf(places);
        }
    }

    /** It is not the owner, or not yet. */
    record NotOwner() implements OwnerReply {}

    /** Others ask it so much that it does not answer now. */
    record Busy() implements OwnerReply {}

    /** It did not answer as an owner does. */
    record Lost() implements OwnerReply {}
}
