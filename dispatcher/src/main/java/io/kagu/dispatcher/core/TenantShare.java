package io.kagu.dispatcher.core;

import java.util.NavigableSet;
import java.util.TreeSet;

/** What one tenant has of one lane and model: its waiting tickets, and how far it was served. */
final class TenantShare {

    private final NavigableSet<Ticket> waiting = new TreeSet<>(Ticket.ORDER);
    private long served;

    void waits(Ticket ticket) {
        waiting.add(ticket);
    }

    void leaves(Ticket ticket) {
        waiting.remove(ticket);
    }

    void began(Ticket ticket) {
        served = Math.max(served, ticket.finish());
    }

    /**
     * The tag at which the tenant's next job may start. A job that left without a call has cost
     * nothing, so those behind the last ticket count no more.
     */
    long finish() {
        return waiting.isEmpty() ? served : Math.max(served, waiting.last().finish());
    }

    boolean idle() {
        return waiting.isEmpty();
    }

    /** The ticket that came first; a tenant's tags rise with the sequence. */
    Ticket first() {
        return waiting.first();
    }
}
