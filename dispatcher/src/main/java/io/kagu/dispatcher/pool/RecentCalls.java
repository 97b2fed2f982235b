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

    private final long since;
    private final Set<String> limitedPools;
    private final List<Begun> found = new ArrayList<>();

    /**
     * @param since calls that began later than this count, epoch milliseconds
     */
    RecentCalls(Registry gpus, long since) {
        this.since = since;
        this.limitedPools =
                gpus.gpus().stream()
                        .filter(gpu -> !gpu.limits().equals(GpuLimits.NONE))
                        .map(GpuSpec::pool)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A call of a pool. */
    record Begun(String pool, CallRemembered call) {}

    /** Those found, in the order in which they began. */
    List<Begun> all() {
        found.sort(Comparator.comparingLong(begun -> begun.call().call().at()));
        return found;
    }

    /** Finds the calls of jobs that have ended since. */
    void findEnded(JobStore jobs) {
        if (!limitedPools.isEmpty()) {
            jobs.ended(since, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                    .map(JobStore.Ended::key)
                    .filter(key -> limitedPools.contains(key.pool()))
                    .flatMap(key -> jobs.of(key.pool()).find(key.jobId()).stream())
                    .forEach(this::find);
        }
    }

    /** Finds the calls of a job. */
    void find(JobRow row) {
        if (limitedPools.contains(row.pool())) {
            row.attempts().stream()
                    .filter(attempt -> attempt.startedAt() > since)
                    .map(attempt -> new CallRemembered(CallBegun.of(row, attempt)))
                    .forEach(call -> found.add(new Begun(row.pool(), call)));
        }
    }
}
