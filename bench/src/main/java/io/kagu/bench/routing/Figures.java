package io.kagu.bench.routing;

import io.kagu.bench.core.Samples;
import io.kagu.common.job.Priority;

import java.util.function.Predicate;

/**
 * What a run came to. Times are milliseconds; a wait is from arrival to the beginning of the call.
 *
 * @param makespan from the start to the last end
 * @param idle slot-milliseconds free while jobs waited that could have used them
 */
record Figures(long makespan, long idle, Samples all, Samples high, Samples low) {

    /**
     * Of one run.
     *
     * @param startedAt by the jobs' indices
     */
    static Figures of(Workload workload, long[] startedAt, long endedAt, long idle) {
        return new Figures(
                endedAt,
                idle,
                waits(workload, startedAt, job -> true),
                waits(workload, startedAt, job -> job.lane() == Priority.HIGH),
                waits(workload, startedAt, job -> job.lane() == Priority.LOW));
    }

    private static Samples waits(Workload workload, long[] startedAt, Predicate<FleetJob> which) {
        return Samples.of(
                workload.jobs().stream()
                        .filter(which)
                        .mapToLong(job -> startedAt[job.index()] - job.arrivesAt()));
    }
}
