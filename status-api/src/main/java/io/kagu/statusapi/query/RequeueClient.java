package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.query.DeadLetters.Selection;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.Optional;

/** What a requeue run sees of the world, and does to it. */
public interface RequeueClient {

    /**
     * The letters that a request means.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    Selection select(RequeueRequest request);

    /** Asks for the next run of a job, if the letter of this run is still there. */
    DeadLetterCommands.Answer requeue(RequeueTarget target);

    /**
     * What is known of a job.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    Optional<JobView> view(String jobId);
}
