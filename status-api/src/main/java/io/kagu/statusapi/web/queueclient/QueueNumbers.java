package io.kagu.statusapi.web.queueclient;

import io.kagu.common.job.QueueStatus;
import io.kagu.statusapi.core.QueuePlace;
import io.kagu.statusapi.core.QueueSnapshot;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** All pools as the one queue that queue clients know; empty before any pool's owner was heard. */
record QueueNumbers(List<QueueSnapshot> pools) {

    private static final double MILLIS = 1000.0;

    QueueNumbers {
        pools = List.copyOf(pools);
    }

    /** Jobs that wait. */
    OptionalLong waiting() {
        return sum(QueueStatus::waiting);
    }

    /** Jobs that a dispatcher took and has not ended: running, or waiting for their retry. */
    OptionalLong taken() {
        return sum(status -> status.running() + (long) status.retrying());
    }

    /** Jobs that ended since the pools' owners took over. */
    OptionalLong ended() {
        return sum(QueueStatus::endedTotal);
    }

    /** Whether some owner was not heard for some seconds. */
    boolean stale() {
        return pools.stream().anyMatch(QueueSnapshot::stale);
    }

    /**
     * Seconds that one more job would wait in the slowest pool; empty while some pool's is unknown.
     */
    OptionalDouble expectedWait() {
        List<OptionalDouble> waits = pools.stream().map(QueueNumbers::expectedWait).toList();
        return waits.stream().allMatch(OptionalDouble::isPresent)
                ? waits.stream().mapToDouble(OptionalDouble::getAsDouble).max()
                : OptionalDouble.empty();
    }

    /** Mean seconds of a call, each pool's by the jobs that ended there; empty before any did. */
    OptionalDouble service() {
        double ended = 0;
        double seconds = 0;
        for (QueueSnapshot pool : pools) {
            QueueStatus status = pool.status();
            if (status.serviceMillis() > 0) {
                ended += status.endedTotal();
                seconds += status.endedTotal() * status.serviceMillis() / MILLIS;
            }
        }
        return ended > 0 ? OptionalDouble.of(seconds / ended) : OptionalDouble.empty();
    }

    private OptionalLong sum(ToLongFunction<QueueStatus> number) {
        return pools.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        pools.stream().map(QueueSnapshot::status).mapToLong(number).sum());
    }

    private static OptionalDouble expectedWait(QueueSnapshot pool) {
        return pool.stale()
                ? OptionalDouble.empty()
                : QueuePlace.wait(pool.status().waiting(), pool.status())
                        .map(wait -> OptionalDouble.of(wait.p50Seconds()))
                        .orElse(OptionalDouble.empty());
    }
}
