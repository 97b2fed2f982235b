package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What lists tell of a job.
 *
 * @param listedAt what lists are ordered by: when it was submitted, but no later than its first
 *     event was stored
 */
public record JobSummary(
        String id,
        JobStatus state,
        String pool,
        String model,
        Priority priority,
        String tenant,
        Instant listedAt,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Instant updatedAt,
        int run,
        long version,
        int attemptCount,
        Optional<String> gpu,
        Optional<Reason> reason) {

    /** Newest first. */
    public static final Comparator<JobSummary> NEWEST_FIRST =
            Comparator.comparing(JobSummary::place).reversed();

    /** The summary of a job's row. */
    public static JobSummary of(ViewRow row) {
        JobView view = row.view();
        return new JobSummary(
                view.id(),
                view.state(),
                view.pool(),
                view.model(),
                view.priority(),
                view.tenant(),
                Instant.ofEpochMilli(row.listedAt()),
                view.submittedAt(),
                view.startedAt(),
                view.finishedAt(),
                view.updatedAt(),
                view.run(),
                view.version(),
                view.attemptCount(),
                view.gpu(),
                view.reason());
    }

    /** Where the job stands among all. */
    @JsonIgnore
    public ListPlace place() {
        return new ListPlace(listedAt.toEpochMilli(), id);
    }
}
