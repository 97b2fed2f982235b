package io.kagu.dispatcher.core;

import java.util.Optional;

/** Where a pool looks up rows while it decides; never written through. */
@FunctionalInterface
public interface Rows {

    /** The row of a job of this pool, live or ended. */
    Optional<JobRow> find(String jobId);

    /** The row of a job that the heap knows as live. */
    default JobRow live(String jobId) {
        return find(jobId)
                .orElseThrow(() -> new IllegalStateException("no row for live job " + jobId));
    }
}
