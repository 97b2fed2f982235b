package io.kagu.dispatcher.core;

import io.kagu.common.job.Priority;

import java.util.Comparator;

/**
 * A job's place in the waiting order. Within a lane the lower tag goes first, then the lower
 * sequence; both are given at intake and kept for the run's life.
 *
 * @param tag start tag in the virtual time of {@link FairShares}
 * @param finish virtual time at which its tenant's next job may start
 * @param begun whether a call of its run ever began; it waits again then
 * @param queuedAt when the owner took the job in, epoch milliseconds
 * @param tokens that its call counts with
 */
public record Ticket(
        String jobId,
        Priority lane,
        String model,
        String tenant,
        long sequence,
        long tag,
        long finish,
        boolean begun,
        long queuedAt,
        long tokens) {

    /** Who goes first within a lane. */
    static final Comparator<Ticket> ORDER =
            (a, b) ->
                    a.tag == b.tag
                            ? Long.compare(a.sequence, b.sequence)
                            : Long.compare(a.tag, b.tag);

    /** The ticket of a job's row. */
    public static Ticket of(JobRow row, TenantWeights weights) {
        String tenant = row.job().tenant();
        return new Ticket(
                row.id(),
                row.job().priority(),
                row.model(),
                tenant,
                row.sequence(),
                row.tag(),
                weights.finish(tenant, row.tag(), row.cost()),
                row.begun(),
                row.queuedAt(),
                CallPace.tokens(row));
    }

    /** The same ticket with names of which many tickets share one copy. */
    Ticket named(String sameModel, String sameTenant) {
        return new Ticket(
                jobId, lane, sameModel, sameTenant, sequence, tag, finish, begun, queuedAt, tokens);
    }
}
