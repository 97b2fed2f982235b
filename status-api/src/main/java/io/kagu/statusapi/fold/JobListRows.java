package io.kagu.statusapi.fold;

import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.JobListKeys;
import io.kagu.statusapi.core.ListRange;

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
     * Entries from the newest on, in several lists that hold all of some states; those may hold
     * others, too: to look through many that completed costs less than to open a list for each
     * state.
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
        if (states.contains(JobStatus.COMPLETED)) {
            scans.add(stored(JobListKeys.ended(range.from()), JobListKeys.ended(range.to())));
        } else {
            states.stream()
                    .filter(JobListKeys::apart)
                    .forEach(state ->
                            scans.add(
                                    stored(
                                            JobListKeys.endedIn(state, range.from()),
                                            JobListKeys.endedIn(state, range.to()))));
        }
        return scans;
    }

    private ListScan<JobEntry> stored(byte[] from, byte[] to) {
        return new StoredScan<>(
                store.reverseRange(from, to),
                JobListKeys::place,
                (key, entry) -> JobEntry.decode(JobListKeys.place(key), entry));
    }
}
