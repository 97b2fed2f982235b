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
final class TenantLine {

    /** A link of the ring, which begins and ends at {@link #end}. */
    static class Link {
        private Link before = this;
        private Link after = this;
    }

    private final Link end = new Link();
    private boolean sorted = true;

    /** Adds a ticket; the last of the ring is always the last in order, sorted or not. */
    void add(QueuedTicket ticket) {
        if (isEmpty() || goes(end.before, ticket)) {
            link(end.before, ticket);
        } else {
            sorted = sorted && goes(ticket, end.after);
            link(end, ticket);
        }
    }

    private static boolean goes(Link one, Link before) {
        return QueuedTicket.ORDER.compare((QueuedTicket) one, (QueuedTicket) before) < 0;
    }

    private static void link(Link before, Link ticket) {
        ticket.before = before;
        ticket.after = before.after;
        before.after.before = ticket;
        before.after = ticket;
    }

    /** Takes a ticket of this line out. */
    void remove(QueuedTicket ticket) {
        Link gone = ticket;
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
        return at(end.after);
    }

    Optional<QueuedTicket> last() {
        return at(end.before);
    }

    private static Optional<QueuedTicket> at(Link link) {
        return link instanceof QueuedTicket ticket ? Optional.of(ticket) : Optional.empty();
    }

    boolean isEmpty() {
        return at(end.after).isEmpty();
    }

    private void sort() {
        if (sorted) {
            return;
        }
        List<QueuedTicket> tickets = new ArrayList<>();
        while (end.after instanceof QueuedTicket ticket) {
            end.after = ((Link) ticket).after;
            tickets.add(ticket);
        }
        end.before = end;
        tickets.sort(QueuedTicket.ORDER);
        tickets.forEach(ticket -> link(end.before, ticket));
        sorted = true;
    }
}
