package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lists of jobs are read from. */
public interface ListedJobs {

    /**
     * The lists of each partition that this instance owns.
     *
     * @throws InvalidStateStoreException while they cannot be read
     */
    Map<Integer, JobListRows> jobLists();

    /**
     * The view of a job.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    Optional<ViewRow> view(String jobId);

    /** Of which time what is told of some partitions is true: of the one furthest behind. */
    Freshness freshness(Set<Integer> told, Instant now);
}
