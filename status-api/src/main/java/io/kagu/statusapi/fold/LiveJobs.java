package io.kagu.statusapi.fold;

import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.JobLabels;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.core.ListRange;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The live jobs of the partitions that this instance owns, by state and place. In heap: there are
 * as many as queues may hold, and a store would be full of the tombstones of those that moved on.
 */
public final class LiveJobs {

    private final ConcurrentHashMap<Integer, Partition> partitions = new ConcurrentHashMap<>();

    /** One partition; written by its stream thread, read by any. */
    static final class Partition {

        private final Map<JobStatus, ConcurrentNavigableMap<ListPlace, JobLabels>> byState =
                new EnumMap<>(JobStatus.class);

        private Partition() {
            Arrays.stream(JobStatus.values())
                    .filter(state -> !state.terminal())
                    .forEach(state -> byState.put(state, new ConcurrentSkipListMap<>()));
        }

        void put(JobStatus state, ListPlace place, JobLabels labels) {
            of(state).ifPresent(jobs -> jobs.put(place, labels));
        }

        void remove(JobStatus state, ListPlace place) {
            of(state).ifPresent(jobs -> jobs.remove(place));
        }

        /** The newest of a range, a copy. */
        List<JobEntry> newest(JobStatus state, ListRange range, int limit) {
            return of(state).map(jobs -> newest(jobs, range, limit)).orElse(List.of());
        }

        private static List<JobEntry> newest(
                ConcurrentNavigableMap<ListPlace, JobLabels> jobs, ListRange range, int limit) {
            return jobs
                    .subMap(range.from(), true, range.to(), true)
                    .descendingMap()
                    .entrySet()
                    .stream()
                    .limit(limit)
                    .map(job -> new JobEntry(job.getKey(), job.getValue()))
                    .toList();
        }

        private Optional<ConcurrentNavigableMap<ListPlace, JobLabels>> of(JobStatus state) {
            return Optional.ofNullable(byState.get(state));
        }
    }

    Partition open(int partition) {
        Partition opened = new Partition();
        partitions.put(partition, opened);
        return opened;
    }

    void close(int partition) {
        partitions.remove(partition);
    }

    Optional<Partition> of(int partition) {
        return Optional.ofNullable(partitions.get(partition));
    }
}
