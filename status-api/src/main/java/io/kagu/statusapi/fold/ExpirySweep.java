package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.ExpiryKey;
import io.kagu.statusapi.core.ViewRow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Forgets jobs whose end is longer ago than the retention, a bounded number at a time. */
final class ExpirySweep {

    static final Duration EVERY = Duration.ofSeconds(1);

    /** Of one partition and run: holds the stream thread for a few milliseconds. */
    static final int MAX_PER_RUN = 500;

    private final FoldContext fold;
    private final Stores stores;

    /** Where a job is remembered. */
    record Stores(
            OpenViews views, JobResultStore results, JobExpiryStore expiry, JobListStore lists) {}

    ExpirySweep(FoldContext fold, Stores stores) {
        this.fold = fold;
        this.stores = stores;
    }

    void run(long now) {
        long limit = now - fold.retention().toMillis();
        if (limit <= 0) {
            return;
        }
        List<ExpiryKey> due = stores.expiry().before(limit, MAX_PER_RUN);
        due.forEach(key -> expire(key, limit));
    }

    private void expire(ExpiryKey key, long limit) {
        Optional<ViewRow> view = stores.views().stored(key.jobId());
        if (isOver(view, limit)) {
            view.ifPresent(row -> stores.lists().forget(key.jobId(), row));
            stores.views().delete(key.jobId());
            stores.results().delete(key.jobId());
            fold.metrics().expired();
        }
        stores.expiry().delete(key);
    }

    /** A job that was requeued since lives on, or has a later key of its own. */
    private static boolean isOver(Optional<ViewRow> row, long limit) {
        return row.isEmpty() || (row.get().state().terminal() && row.get().storedAt() < limit);
    }
}
