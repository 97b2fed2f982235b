package io.kagu.dispatcher.core;

/**
 * A slot on a GPU granted to one attempt of one job.
 *
 * @param executor incarnation of the dispatcher that makes the call
 * @param startedAt epoch milliseconds by the clock of the owner that granted it
 * @param deadline when the slot is taken back whatever else fails
 */
public record Lease(
        String jobId, int attempt, String gpu, String executor, long startedAt, long deadline) {

    /** The same lease under a new owner, for whom its time starts again. */
    public Lease restarted(long now) {
        return new Lease(jobId, attempt, gpu, executor, startedAt, now + (deadline - startedAt));
    }
}
