package io.kagu.dispatcher.core;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What one tenant has of one lane and model: its waiting tickets, and how far it was served. */
final class TenantShare {

    private final NavigableSet<Ticket> waiting = new TreeSet<>(Ticket.ORDER);
    private Optional<Ticket> last = Optional.empty();
    private long served;

    void waits(Ticket ticket) {
        waiting.add(ticket);
        if (last.filter(other -> Ticket.ORDER.compare(ticket, other) < 0).isEmpty()) {
            last = Optional.of(ticket);
        }
    }

    void leaves(Ticket ticket) {
        waiting.remove(ticket);
        if (last.filter(other -> Ticket.ORDER.compare(ticket, other) == 0).isPresent()) {
            last = waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.last());
        }
    }

    void began(Ticket ticket) {
        served = Math.max(served, ticket.finish());
    }

    /**
     * The tag at which the tenant's next job may start. A job that left without a call has cost
     * nothing, so those behind the last ticket count no more.
     */
    long finish() {
        return last.isEmpty() ? served : Math.max(served, last.get().finish());
    }

    boolean idle() {
        return waiting.isEmpty();
    }

    /** The ticket that came first; a tenant's tags rise with the sequence. */
    Ticket first() {
        return waiting.first();
    }
}
