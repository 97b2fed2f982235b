package io.kagu.bench.pool;

import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.Rows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of a benchmark's jobs, in place of the owner's store. */
public interface RowShelf extends Rows {

    /** Keeps the newest row of a job. */
    void put(JobRow row);

    /** Forgets a job. */
    void remove(String jobId);

    /** A shelf that keeps each row as it is. */
    static RowShelf inHeap() {
        Map<String, JobRow> rows = new HashMap<>();
        return new RowShelf() {

            @Override
            public Optional<JobRow> find(String jobId) {
                return Optional.ofNullable(rows.get(jobId));
            }

            @Override
            public void put(JobRow row) {
                rows.put(row.id(), row);
            }

            @Override
            public void remove(String jobId) {
                rows.remove(jobId);
            }
        };
    }
}
