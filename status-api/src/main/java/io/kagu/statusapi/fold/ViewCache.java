package io.kagu.statusapi.fold;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;

import io.kagu.statusapi.core.ViewRow;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/**
 * Rows of one partition that readers asked for, in heap: who asks for a job asks again until it has
 * ended. The stream thread writes a change into the store first and tells it here then. That waits
 * for who reads the same row from the store just now, or one beside it, and replaces it: once a
 * change was told, no reader finds what was before it.
 */
final class ViewCache {

    /** A row's id, its arrays' heads and its entry, about. */
    private static final int BYTES_PER_ENTRY = 256;

    private final Cache<String, ViewRow> rows;

    ViewCache(long bytes, StatsCounter counter) {
        rows =
                Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .weigher((String _, ViewRow row) -> bytes(row))
                        .recordStats(() -> counter)
                        .build();
    }

    private static int bytes(ViewRow row) {
        return row.encode().length + BYTES_PER_ENTRY;
    }

    /** A job's row, from the store if it was not asked for lately. */
    Optional<ViewRow> find(String jobId, Function<String, Optional<ViewRow>> store) {
        return Optional.ofNullable(rows.get(jobId, id -> store.apply(id).orElse(null)));
    }

    /** The store has this row now; one that nobody asked for takes no room. */
    void stored(String jobId, ViewRow row) {
        replace(jobId, row);
    }

    /** The store has no row of this job any more. */
    void deleted(String jobId) {
        replace(jobId, null);
    }

    /** Not by {@code computeIfPresent}, which takes a row that is being read for an absent one. */
    private void replace(String jobId, @Nullable ViewRow row) {
        rows.asMap().compute(jobId, (_, asked) -> asked == null ? null : row);
    }

    /** How many rows there are. */
    int kept() {
        rows.cleanUp();
        return rows.asMap().size();
    }

    /** Gives it another size. */
    void resize(long bytes) {
        rows.policy().eviction().orElseThrow().setMaximum(bytes);
    }
}
