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
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The live jobs of one partition, by state and place; written by its stream thread, read by any. In
 * heap: there are as many as queues may hold, and a store would be full of the tombstones of those
 * that moved on.
 */
final class LiveJobs {

    private final Map<JobStatus, ConcurrentNavigableMap<ListPlace, JobLabels>> byState =
            new EnumMap<>(JobStatus.class);

    LiveJobs() {
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
        return of(state)
                .map(jobs -> jobs.subMap(range.from(), true, range.to(), true).descendingMap())
                .map(jobs ->
                        jobs.entrySet().stream()
                                .limit(limit)
                                .map(job -> new JobEntry(job.getKey(), state, job.getValue()))
                                .toList())
                .orElse(List.of());
    }

    private Optional<ConcurrentNavigableMap<ListPlace, JobLabels>> of(JobStatus state) {
        return Optional.ofNullable(byState.get(state));
    }
}
