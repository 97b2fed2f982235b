package io.kagu.statusapi.fold;

import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.JobLabels;
import io.kagu.statusapi.core.JobListKeys;
import io.kagu.statusapi.core.ListRange;

import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the lists of one partition. */
public final class JobListRows {

    private final ReadOnlyKeyValueStore<byte[], byte[]> store;
    private final LiveJobs live;

    JobListRows(ReadOnlyKeyValueStore<byte[], byte[]> store, LiveJobs live) {
        this.store = store;
        this.live = live;
    }

    /**
     * Entries of some states from the newest on, each state by itself.
     *
     * @param limit live entries that are copied at most; a scan of as many is cut
     */
    public List<ListScan<JobEntry>> newestFirst(Set<JobStatus> states, ListRange range, int limit) {
        List<ListScan<JobEntry>> scans = new ArrayList<>();
        if (range.isEmpty()) {
            return scans;
        }
        // The live ones first: who ends meanwhile is read of both, or of the store alone.
        states.stream()
                .filter(state -> !state.terminal())
                .forEach(state ->
                        scans.add(new CopiedScan(live.newest(state, range, limit), limit)));
        states.stream()
                .filter(JobStatus::terminal)
                .forEach(state -> scans.add(ended(state, range)));
        return scans;
    }

    private ListScan<JobEntry> ended(JobStatus state, ListRange range) {
        KeyValueIterator<byte[], byte[]> rows =
                store.reverseRange(
                        JobListKeys.ended(state, range.from()),
                        JobListKeys.ended(state, range.to()));
        return new StoredScan<>(
                rows,
                JobListKeys::place,
                (key, labels) -> new JobEntry(JobListKeys.place(key), JobLabels.decode(labels)));
    }
}
