package io.kagu.dispatcher.core;

import java.util.Optional;

/** What one tenant has of one lane and model: its waiting tickets, and how far it was served. */
final class TenantShare {

    private final String tenant;
    private final String model;
    private final TenantLine fresh = new TenantLine();

    /** Those that wait again after a call of theirs began; few tenants ever have one. */
    private Optional<RankedSet<QueuedTicket>> returned = Optional.empty();

    private long served;

    /** Finish of the last waiting ticket; 0 if none waits. */
    private long claimed;

    TenantShare(String tenant, String model) {
        this.tenant = tenant;
        this.model = model;
    }

    String model() {
        return model;
    }

    /** The ticket waits, and shares its names with all others of here. */
    QueuedTicket waits(Ticket ticket) {
        QueuedTicket queued = new QueuedTicket(ticket.named(model, tenant), this);
        if (ticket.begun()) {
            returned = Optional.of(returned.orElseGet(RankedSet::new));
            returned.get().add(ticket.tag(), ticket.sequence(), queued);
        } else {
            fresh.add(queued);
        }
        claimed = lastFinish();
        return queued;
    }

    void leaves(QueuedTicket queued) {
        Ticket ticket = queued.ticket();
        if (ticket.begun()) {
            returned.orElseThrow().remove(ticket.tag(), ticket.sequence());
        } else {
            fresh.remove(queued);
        }
        if (ticket.finish() == claimed) {
            claimed = lastFinish();
        }
    }

    private long lastFinish() {
        Optional<QueuedTicket> last =
                QueuedTicket.later(fresh.last(), returned.flatMap(RankedSet::last));
        return last.isPresent() ? last.get().ticket().finish() : 0;
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
        return fresh.isEmpty() && returned.filter(set -> !set.isEmpty()).isEmpty();
    }

    /** The ticket that came first, if one waits; a tenant's tags rise with the sequence. */
    Optional<Ticket> first() {
        return QueuedTicket.earlier(fresh.first(), returned.flatMap(RankedSet::first))
                .map(QueuedTicket::ticket);
    }
}
