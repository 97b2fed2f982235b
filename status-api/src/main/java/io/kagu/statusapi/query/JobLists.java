package io.kagu.statusapi.query;

import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.JobListQuery;
import io.kagu.statusapi.core.JobSummary;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.fold.JobListRows;
import io.kagu.statusapi.fold.ListScan;
import io.kagu.statusapi.fold.ListedJobs;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists jobs, newest first, over the partitions that this instance owns. */
public final class JobLists {

    /** Entries that one page looks at; a page may be short and still not be the last. */
    public static final int MAX_LOOKED_AT = 5_000;

    private final ListedJobs jobs;

    public JobLists(ListedJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * One page of the jobs that are asked for. It reads from where the page begins, so that it
     * costs the same however many jobs there are.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public ListPart<JobSummary> page(JobListQuery query) {
        Map<Integer, JobListRows> rows = jobs.jobLists();
        List<ListScan<JobEntry>> scans = new ArrayList<>();
        for (JobListRows partition : rows.values()) {
            scans.addAll(partition.newestFirst(query.states(), query.range(), MAX_LOOKED_AT));
        }
        try (MergedScans<JobEntry> entries = MergedScans.newestFirst(scans)) {
            List<JobSummary> found = new ArrayList<>();
            Optional<ListPlace> at = query.after();
            for (int i = 0; i < MAX_LOOKED_AT && found.size() < query.limit(); i++) {
                if (!entries.hasNext()) {
                    return new ListPart<>(found, Optional.empty(), rows.keySet());
                }
                JobEntry entry = entries.next();
                // A job that moves on while it is read stands in two lists at the same place.
                if (!at.equals(Optional.of(entry.place())) && query.matches(entry.labels())) {
                    job(entry.place()).filter(query::matches).ifPresent(found::add);
                }
                at = Optional.of(entry.place());
            }
            return new ListPart<>(found, entries.hasNext() ? at : Optional.empty(), rows.keySet());
        }
    }

    /** Of which time what is told of some partitions is true. */
    public Freshness freshness(Set<Integer> partitions, Instant now) {
        return jobs.freshness(partitions, now);
    }

    /** The job at a place, as its view says; none if the view is of another place. */
    private Optional<JobSummary> job(ListPlace place) {
        return jobs.view(place.id())
                .filter(row -> row.listedAt() == place.time())
                .map(JobSummary::of);
    }
}
