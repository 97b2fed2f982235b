package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.dispatcher.core.CallBegun;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.PoolEvent.CallRemembered;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls that the stored rows tell of, so that a new owner keeps to its GPUs' limits at once.
 * Only pools with limits are looked through, where few calls can have begun.
 */
final class RecentCalls {

    private final JobStore jobs;
    private final Set<String> limitedPools;
    private final List<Begun> found = new ArrayList<>();

    RecentCalls(JobStore jobs, Registry gpus) {
        this.jobs = jobs;
        this.limitedPools =
                gpus.gpus().stream()
                        .filter(gpu -> !gpu.limits().equals(GpuLimits.NONE))
                        .map(GpuSpec::pool)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A call of a pool. */
    record Begun(String pool, CallRemembered call) {}

    /** All calls that began later than this, in the order in which they began. */
    List<Begun> since(long time) {
        if (!limitedPools.isEmpty()) {
            jobs.eachOpen(row -> collect(row, time));
            jobs.ended(time, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                    .map(JobStore.Ended::key)
                    .filter(key -> limitedPools.contains(key.pool()))
                    .flatMap(key -> jobs.of(key.pool()).find(key.jobId()).stream())
                    .forEach(row -> collect(row, time));
        }
        found.sort(Comparator.comparingLong(begun -> begun.call().call().at()));
        return found;
    }

    private void collect(JobRow row, long time) {
        if (limitedPools.contains(row.pool())) {
            row.attempts().stream()
                    .filter(attempt -> attempt.startedAt() > time)
                    .map(attempt -> new CallRemembered(CallBegun.of(row, attempt)))
                    .forEach(call -> found.add(new Begun(row.pool(), call)));
        }
    }
}
