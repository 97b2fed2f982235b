package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows as they stand in the store, for those that are read again soon: of running jobs, which are
 * no more than there are slots, and of a bounded number of others. Decoding a row costs more than
 * reading it.
 */
final class DecodedRows {

    /** At about a kilobyte each. */
    static final int MAX_WAITING = 5_000;

    private final Map<String, JobRow> rows = new HashMap<>();

    Optional<JobRow> find(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** Notes what was written; an older row of the job is never found again. */
    void wrote(String key, JobRow row) {
        if (row.live() && (row.state() instanceof JobState.Running || rows.size() < MAX_WAITING)) {
            rows.put(key, row);
        } else {
            rows.remove(key);
        }
    }
}
