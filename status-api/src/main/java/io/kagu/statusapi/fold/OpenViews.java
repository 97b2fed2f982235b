package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.Optional;

/**
 * The views of an open partition: the fold reads and writes the store, readers ask through a cache
 * that follows each write.
 */
final class OpenViews {

    private final JobViewStore store;
    private final ViewCache cache;

    OpenViews(JobViewStore store, ViewCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /**
     * For readers, of any thread.
     *
     * @throws InvalidStateStoreException once the store is closed, whatever the cache still has
     */
    Optional<ViewRow> find(String jobId) {
        if (!store.isOpen()) {
            throw new InvalidStateStoreException("the store of views is closed");
        }
        return cache.find(jobId, store::find);
    }

    /** For the fold, which looks once at each event's job. */
    Optional<ViewRow> stored(String jobId) {
        return store.find(jobId);
    }

    void put(String jobId, ViewRow row) {
        store.put(jobId, row);
        cache.stored(jobId, row);
    }

    void delete(String jobId) {
        store.delete(jobId);
        cache.deleted(jobId);
    }
}
