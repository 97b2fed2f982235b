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

    /** Most pages are full before they need more of the live jobs of a state and partition. */
    private static final int COPIES_GROW_BY = 8;

    private final ListedJobs jobs;

    public JobLists(ListedJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * One page of the jobs that are asked for. It reads from where the page begins, so that it
     * costs the same however many jobs there are. Of the live ones it copies as many as the page
     * may take; where a filter passes over so many that these are not enough, it begins again with
     * more: a copy that went on later would miss who has ended in between.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public ListPart<JobSummary> page(JobListQuery query) {
        // The first may be the last one of the page before.
        int copies = query.limit() + 1;
        Optional<ListPart<JobSummary>> page = page(query, copies);
        while (page.isEmpty()) {
            copies = Math.min(copies * COPIES_GROW_BY, MAX_LOOKED_AT);
            page = page(query, copies);
        }
        return page.get();
    }

    /** The page; empty if it takes more copies of live jobs. */
    private Optional<ListPart<JobSummary>> page(JobListQuery query, int copies) {
        Map<Integer, JobListRows> rows = jobs.jobLists();
        List<ListScan<JobEntry>> scans = new ArrayList<>();
        for (JobListRows partition : rows.values()) {
            scans.addAll(partition.newestFirst(query.states(), query.range(), copies));
        }
        try (MergedScans<JobEntry> entries = MergedScans.newestFirst(scans)) {
            List<JobSummary> found = new ArrayList<>();
            Optional<ListPlace> at = query.after();
            // A job that moves on while it is read stands in two lists at the same place.
            Optional<ListPlace> judged = query.after();
            for (int i = 0; found.size() < query.limit() && goesOn(i, at, entries); i++) {
                // Behind the bound stands only what was copied: more copies would end here, too.
                if (i < MAX_LOOKED_AT && entries.cut()) {
                    return Optional.empty();
                }
                if (!entries.hasNext()) {
                    return Optional.of(new ListPart<>(found, Optional.empty(), rows.keySet()));
                }
                JobEntry entry = entries.next();
                at = Optional.of(entry.place());
                if (!judged.equals(at) && query.matches(entry)) {
                    judged = at;
                    job(entry.place()).filter(query::matches).ifPresent(found::add);
                }
            }
            boolean more = entries.hasNext() || entries.cut();
            return Optional.of(new ListPart<>(found, more ? at : Optional.empty(), rows.keySet()));
        }
    }

    /** Not between two entries of one job: the next page passes over both. */
    private static boolean goesOn(
            int lookedAt, Optional<ListPlace> at, MergedScans<JobEntry> entries) {
        return lookedAt < MAX_LOOKED_AT || at.filter(entries::nextAt).isPresent();
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
