package io.kagu.dispatcher.core;

/**
 * A slot on a GPU granted to one attempt of one job.
 *
 * @param executor incarnation of the dispatcher that makes the call
 * @param startedAt epoch milliseconds by the clock of the owner that granted it
 * @param deadline when the slot is taken back whatever else fails
 * @param startBefore of a call spilled to another replica: its executor does not begin it from then
 *     on, epoch milliseconds by that executor's clock; 0 for a call of the owner's own executor
 */
public record Lease(
        String jobId,
        int attempt,
        String gpu,
        String executor,
        long startedAt,
        long deadline,
        long startBefore) {

    /** A lease whose call the owner's own executor begins at once. */
    public Lease(
            String jobId, int attempt, String gpu, String executor, long startedAt, long deadline) {
        this(jobId, attempt, gpu, executor, startedAt, deadline, 0);
    }

    /** The same lease under a new owner, for whom its time starts again. */
    public Lease restarted(long now) {
        return new Lease(
                jobId,
                attempt,
                gpu,
                executor,
                startedAt,
                now + (deadline - startedAt),
                startBefore);
    }

    /** Whether another replica's executor than the owner's makes the call. */
    public boolean spilled() {
        return startBefore > 0;
    }

    /** By when its executor has begun the call or never will, by the executor's clock. */
    long begunBy() {
        return spilled() ? startBefore : startedAt;
    }
}
