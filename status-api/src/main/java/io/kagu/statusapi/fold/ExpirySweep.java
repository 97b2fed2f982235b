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
    private final JobViewStore views;
    private final JobResultStore results;
    private final JobExpiryStore expiry;

    ExpirySweep(
            FoldContext fold, JobViewStore views, JobResultStore results, JobExpiryStore expiry) {
        this.fold = fold;
        this.views = views;
        this.results = results;
        this.expiry = expiry;
    }

    void run(long now) {
        long limit = now - fold.retention().toMillis();
        if (limit <= 0) {
            return;
        }
        List<ExpiryKey> due = expiry.before(limit, MAX_PER_RUN);
        due.forEach(key -> expire(key, limit));
    }

    private void expire(ExpiryKey key, long limit) {
        if (isOver(views.find(key.jobId()), limit)) {
            views.delete(key.jobId());
            results.delete(key.jobId());
            fold.metrics().expired();
        }
        expiry.delete(key);
    }

    /** A job that was requeued since lives on, or has a later key of its own. */
    private static boolean isOver(Optional<ViewRow> row, long limit) {
        return row.isEmpty() || (row.get().state().terminal() && row.get().storedAt() < limit);
    }
}
