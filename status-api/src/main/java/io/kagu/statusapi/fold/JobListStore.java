package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.JobEntry;
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
        renew(views);
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

    /** The rows of the old layout that views bear out come into this one, and all of them go. */
    private void renew(JobViewStore views) {
        try (KeyValueIterator<byte[], byte[]> rows =
                store.range(JobListKeys.firstOld(), JobListKeys.afterOld())) {
            while (rows.hasNext()) {
                var row = rows.next();
                JobEntry job = JobListKeys.old(row.key, row.value);
                views.find(job.place().id())
                        .filter(view -> view.state() == job.state())
                        .filter(view -> view.listedAt() == job.place().time())
                        .ifPresent(_ -> putEnded(job));
                store.delete(row.key);
            }
        }
    }

    /** A job's view became this one. */
    void moved(String id, Optional<ViewRow> before, ViewRow now, JobLabels labels) {
        // First where it is, then where it was: a reader in between finds it once or twice.
        put(id, now, labels, before.filter(row -> !row.state().terminal()).isEmpty());
        before.filter(row -> row.state() != now.state()).ifPresent(row -> leave(id, row, now));
    }

    private void put(String id, ViewRow row, JobLabels labels, boolean unknownAsLive) {
        if (row.state().terminal()) {
            putEnded(new JobEntry(place(id, row), row.state(), labels));
        } else {
            if (unknownAsLive) {
                store.put(JobListKeys.live(id), labels.encode());
            }
            live.put(row.state(), place(id, row), labels);
        }
    }

    private void putEnded(JobEntry job) {
        byte[] told = job.encode();
        store.put(JobListKeys.ended(job.place()), told);
        if (JobListKeys.apart(job.state())) {
            store.put(JobListKeys.endedIn(job.state(), job.place()), told);
        }
    }

    private void leave(String id, ViewRow before, ViewRow now) {
        leaveState(id, before);
        if (before.state().terminal() != now.state().terminal()) {
            store.delete(key(id, before));
        }
    }

    private void leaveState(String id, ViewRow row) {
        live.remove(row.state(), place(id, row));
        if (JobListKeys.apart(row.state())) {
            store.delete(JobListKeys.endedIn(row.state(), place(id, row)));
        }
    }

    /** An event came again: what a crash may have kept from the lists is put there. */
    void mend(String id, ViewRow row) {
        if (!stands(id, row)) {
            put(id, row, row.labels(), true);
        }
    }

    private boolean stands(String id, ViewRow row) {
        byte[] known = store.get(key(id, row));
        if (known == null || !row.state().terminal()) {
            return known != null;
        }
        ListPlace place = place(id, row);
        return JobEntry.decode(place, known).state() == row.state()
                && (!JobListKeys.apart(row.state())
                        || store.get(JobListKeys.endedIn(row.state(), place)) != null);
    }

    /** A job is forgotten. */
    void forget(String id, ViewRow row) {
        leaveState(id, row);
        store.delete(key(id, row));
    }

    /** Of a job among all that live, or among all that ended. */
    private static byte[] key(String id, ViewRow row) {
        return row.state().terminal() ? JobListKeys.ended(place(id, row)) : JobListKeys.live(id);
    }

    private static ListPlace place(String id, ViewRow row) {
        return new ListPlace(row.listedAt(), id);
    }
}
