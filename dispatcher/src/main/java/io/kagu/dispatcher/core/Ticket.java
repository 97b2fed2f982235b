package io.kagu.dispatcher.core;

import io.kagu.common.job.Priority;

/**
 * A job's place in the waiting order.
 *
 * @param sequence given at intake; lower goes first within a lane
 * @param queuedAt when the owner took the job in, epoch milliseconds
 */
public record Ticket(String jobId, Priority lane, String model, long sequence, long queuedAt) {

    /** The ticket of a job's row. */
    public static Ticket of(JobRow row) {
        return new Ticket(
                row.id(), row.job().priority(), row.model(), row.sequence(), row.queuedAt());
    }
}
