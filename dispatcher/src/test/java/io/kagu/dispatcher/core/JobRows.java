package io.kagu.dispatcher.core;

import java.util.List;

/** Rows and tickets for tests: of model {@code a} in the normal lane. */
final class JobRows {

    private JobRows() {}

    static JobRow queued(String id, long sequence, long tag) {
        return queued(JobSample.named(id), sequence, tag);
    }

    private static JobRow queued(JobSample sample, long sequence, long tag) {
        return new JobRow(
                sample.job(),
                PoolRig.POOL,
                sample.model(),
                sequence,
                tag,
                sample.cost(),
                1,
                1,
                7,
                PoolRig.START,
                PoolRig.START + 60_000,
                new JobState.Queued(PoolRig.START),
                0,
                JobRow.Tally.NONE,
                List.of(),
                PoolRig.START);
    }

    static Ticket ticket(String tenant, long sequence, long tag) {
        JobRow row = queued(JobSample.named("job-" + sequence).by(tenant), sequence, tag);
        return Ticket.of(row, TenantWeights.EQUAL);
    }

    static QueuedTicket queuedTicket(String tenant, long sequence, long tag) {
        Ticket ticket = ticket(tenant, sequence, tag);
        return new QueuedTicket(ticket, new TenantShare(ticket.tenant(), ticket.model()));
    }
}
