package io.kagu.dispatcher.core;

import java.util.Comparator;
import java.util.Optional;

/** A ticket that waits, and where it stands in the line of its tenant. */
final class QueuedTicket extends TenantLink {

    /** Who goes first within a lane. */
    static final Comparator<QueuedTicket> ORDER =
            (a, b) -> Ticket.ORDER.compare(a.ticket, b.ticket);

    private final Ticket ticket;
    private final TenantShare share;

    /**
     * @param share what its tenant has of its lane and model, so that nobody looks it up again
     */
    QueuedTicket(Ticket ticket, TenantShare share) {
        this.ticket = ticket;
        this.share = share;
    }

    Ticket ticket() {
        return ticket;
    }

    TenantShare share() {
        return share;
    }

    /** The one of two that goes first, or the only one there is. */
    static Optional<QueuedTicket> earlier(Optional<QueuedTicket> a, Optional<QueuedTicket> b) {
        return b.isEmpty() || (a.isPresent() && ORDER.compare(a.get(), b.get()) < 0) ? a : b;
    }

    /** The one of two that goes last, or the only one there is. */
    static Optional<QueuedTicket> later(Optional<QueuedTicket> a, Optional<QueuedTicket> b) {
        return b.isEmpty() || (a.isPresent() && ORDER.compare(a.get(), b.get()) > 0) ? a : b;
    }
}
