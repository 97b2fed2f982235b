package io.kagu.statusapi.fold;

import io.kagu.common.job.JobStatus;
import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.JobLabels;
import io.kagu.statusapi.core.JobListKeys;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lists of one partition's jobs, kept in step with their views. A crash between two writes may
 * leave a row that no view bears out, which readers pass over, or none where there should be one,
 * which comes back with the view's event.
 */
final class JobListStore {

    static final String NAME = "job-lists";

    private final KeyValueStore<byte[], byte[]> store;
    private final LiveJobs live;

    JobListStore(KeyValueStore<byte[], byte[]> store, LiveJobs live) {
        this.store = store;
        this.live = live;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(TopicConfig topics) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withLoggingEnabled(Changelogs.settings(topics, topics.maxRequestRecordBytes()));
    }

    /** Reads the live jobs of the store; those whose views say otherwise go. */
    void open(JobViewStore views) {
        List<byte[]> gone = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> rows =
                store.range(JobListKeys.firstLive(), JobListKeys.afterLive())) {
            while (rows.hasNext()) {
                var row = rows.next();
                String id = JobListKeys.liveId(row.key);
                Optional<ViewRow> view = views.find(id).filter(known -> !known.state().terminal());
                view.ifPresentOrElse(
                        known ->
                                live.put(
                                        known.state(),
                                        place(id, known),
                                        JobLabels.decode(row.value)),
                        () -> gone.add(row.key));
            }
        }
        gone.forEach(store::delete);
    }

    /** A job's view became this one. */
    void moved(String id, Optional<ViewRow> before, ViewRow now, JobLabels labels) {
        // First where it is, then where it was: a reader in between finds it once or twice.
        put(id, now, labels, before.filter(row -> !row.state().terminal()).isEmpty());
        before.filter(row -> row.state() != now.state())
                .ifPresent(row -> remove(id, row, now.state().terminal()));
    }

    private void put(String id, ViewRow row, JobLabels labels, boolean unknownAsLive) {
        if (row.state().terminal()) {
            store.put(JobListKeys.ended(row.state(), place(id, row)), labels.encode());
        } else {
            if (unknownAsLive) {
                store.put(JobListKeys.live(id), labels.encode());
            }
            live.put(row.state(), place(id, row), labels);
        }
    }

    private void remove(String id, ViewRow row, boolean ended) {
        if (row.state().terminal()) {
            store.delete(JobListKeys.ended(row.state(), place(id, row)));
        } else {
            if (ended) {
                store.delete(JobListKeys.live(id));
            }
            live.remove(row.state(), place(id, row));
        }
    }

    /** An event came again: what a crash may have kept from the lists is put there. */
    void mend(String id, ViewRow row) {
        JobStatus state = row.state();
        byte[] key =
                state.terminal() ? JobListKeys.ended(state, place(id, row)) : JobListKeys.live(id);
        if (store.get(key) == null) {
            put(id, row, row.labels(), true);
        }
    }

    /** A job is forgotten. */
    void forget(String id, ViewRow row) {
        remove(id, row, true);
    }

    private static ListPlace place(String id, ViewRow row) {
        return new ListPlace(row.listedAt(), id);
    }
}
