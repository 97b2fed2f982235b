package io.kagu.dispatcher.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fresh tickets of one tenant, lane and model in their order. In the live run each goes behind
 * the last one, and nearly always the first one leaves, so the tickets themselves are linked: one
 * that comes or goes touches its neighbours and no other memory. Only a rebuild brings them in any
 * order; then they are sorted once, when the order is asked for.
 */
final class TenantLine extends TenantLink {

    private boolean sorted = true;

    /** Adds a ticket; the last of the ring is always the last in order, sorted or not. */
    void add(QueuedTicket ticket) {
        if (isEmpty() || goes(before, ticket)) {
            link(before, ticket);
        } else {
            sorted = sorted && goes(ticket, after);
            link(this, ticket);
        }
    }

    private static boolean goes(TenantLink one, TenantLink before) {
        return QueuedTicket.ORDER.compare((QueuedTicket) one, (QueuedTicket) before) < 0;
    }

    private static void link(TenantLink before, TenantLink ticket) {
        ticket.before = before;
        ticket.after = before.after;
        before.after.before = ticket;
        before.after = ticket;
    }

    /** Takes a ticket of this line out. */
    void remove(QueuedTicket ticket) {
        TenantLink gone = ticket;
        if (at(gone.after).isEmpty()) {
            sort(); // the last one goes: who is last then?
        }
        gone.before.after = gone.after;
        gone.after.before = gone.before;
        gone.before = gone;
        gone.after = gone;
    }

    Optional<QueuedTicket> first() {
        sort();
        return at(after);
    }

    Optional<QueuedTicket> last() {
        return at(before);
    }

    private static Optional<QueuedTicket> at(TenantLink link) {
        return link instanceof QueuedTicket ticket ? Optional.of(ticket) : Optional.empty();
    }

    boolean isEmpty() {
        return at(after).isEmpty();
    }

    private void sort() {
        if (sorted) {
            return;
        }
        List<QueuedTicket> tickets = new ArrayList<>();
        while (after instanceof QueuedTicket ticket) {
            after = ticket.after;
            tickets.add(ticket);
        }
        before = this;
        tickets.sort(QueuedTicket.ORDER);
        tickets.forEach(ticket -> link(before, ticket));
        sorted = true;
    }
}
