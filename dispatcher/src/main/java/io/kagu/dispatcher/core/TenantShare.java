package io.kagu.dispatcher.core;

import java.util.Optional;

/** What one tenant has of one lane and model: its waiting tickets, and how far it was served. */
final class TenantShare {

    private final RankedSet<Ticket> waiting = new RankedSet<>();
    private long served;

    /** Finish of the last waiting ticket; 0 if none waits. */
    private long claimed;

    void waits(Ticket ticket) {
        waiting.add(ticket.tag(), ticket.sequence(), ticket);
        claimed = lastFinish();
    }

    void leaves(Ticket ticket) {
        waiting.remove(ticket.tag(), ticket.sequence());
        if (ticket.finish() == claimed) {
            claimed = lastFinish();
        }
    }

    private long lastFinish() {
        return waiting.last().map(Ticket::finish).orElse(0L);
    }

    void began(Ticket ticket) {
        served = Math.max(served, ticket.finish());
    }

    /**
     * The tag at which the tenant's next job may start. A job that left without a call has cost
     * nothing, so those behind the last ticket count no more.
     */
    long finish() {
        return Math.max(served, claimed);
    }

    boolean idle() {
        return waiting.isEmpty();
    }

    /** The ticket that came first, if one waits; a tenant's tags rise with the sequence. */
    Optional<Ticket> first() {
        return waiting.first();
    }
}
