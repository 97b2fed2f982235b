package io.kagu.statusapi.query;

import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A reader whose stores are maps, and whose fold is as far as the test says. */
final class RememberedJobs implements JobReader {

    final Map<String, ViewRow> views = new ConcurrentHashMap<>();
    final Map<String, ResultRow> results = new ConcurrentHashMap<>();
    final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    volatile boolean readable = true;
    volatile boolean elsewhere;

    @Override
    public Optional<ViewRow> view(String jobId) {
        requireReadable();
        return Optional.ofNullable(views.get(jobId));
    }

    @Override
    public Optional<ResultRow> result(String jobId) {
        requireReadable();
        return Optional.ofNullable(results.get(jobId));
    }

    @Override
    public Optional<ViewRow> copiedView(String jobId) {
        return Optional.ofNullable(views.get(jobId));
    }

    @Override
    public Optional<ResultRow> copiedResult(String jobId) {
        return Optional.ofNullable(results.get(jobId));
    }

    @Override
    public Freshness freshness(String jobId, Instant now) {
        return Freshness.current(now);
    }

    @Override
    public boolean elsewhere(String jobId) {
        return elsewhere;
    }

    @Override
    public CompletableFuture<Void> caughtUp(String jobId) {
        return caughtUp;
    }

    private void requireReadable() {
        if (!readable) {
            throw new InvalidStateStoreException("stores are moving");
        }
    }
}
