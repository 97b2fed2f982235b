package io.kagu.statusapi.query;

import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What questions are answered from: the fold's stores, and how far the fold is. */
public interface JobReader {

    /**
     * The view of a job.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    Optional<ViewRow> view(String jobId);

    /**
     * The response of a job.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    Optional<ResultRow> result(String jobId);

    /** The view of a job in a copy of its store. */
    Optional<ViewRow> copiedView(String jobId);

    /** The response of a job in a copy of its store. */
    Optional<ResultRow> copiedResult(String jobId);

    /** Of which time what is told of a job now is true. */
    Freshness freshness(String jobId, Instant now);

    /** Whether another replica has the job's partition: it will not come back by itself. */
    boolean elsewhere(String jobId);

    /** Completes once every event of the job's partition that stands there now is folded. */
    CompletableFuture<Void> caughtUp(String jobId);
}
