package io.kagu.statusapi.web.queueclient;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The queue as {@code GET /api/queue/status} tells it.
 *
 * @param pending jobs that wait
 * @param maxSize how many may wait in one pool
 * @param processedTotal jobs that ended since the pools' owners took over
 * @param failedTotal always null: nothing counts them apart
 * @param workerRunning whether a dispatcher replica is alive
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FifoStatusAnswer(
        OptionalLong pending,
        int maxSize,
        OptionalLong processedTotal,
        OptionalLong failedTotal,
        OptionalDouble estimatedWaitSeconds,
        OptionalDouble avgJobDurationSeconds,
        boolean workerRunning) {

    static FifoStatusAnswer of(QueueNumbers queue, int capacity, boolean workerRunning) {
        return new FifoStatusAnswer(
                queue.waiting(),
                capacity,
                queue.ended(),
                OptionalLong.empty(),
                queue.expectedWait(),
                queue.service(),
                workerRunning);
    }
}
