package io.kagu.statusapi.core;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;

import java.util.List;

/** Jobs that wait, by priority and in all. */
public record QueueLengths(long high, long normal, long low, long total) {

    /** Of some pools together. */
    public static QueueLengths of(List<QueueStatus> pools) {
        return new QueueLengths(
                sum(pools, Priority.HIGH),
                sum(pools, Priority.NORMAL),
                sum(pools, Priority.LOW),
                pools.stream().mapToLong(QueueStatus::waiting).sum());
    }

    private static long sum(List<QueueStatus> pools, Priority priority) {
        return pools.stream().mapToLong(pool -> pool.waiting(priority)).sum();
    }
}
