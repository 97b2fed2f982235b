package io.kagu.dispatcher.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tickets of one lane and model, of which at least one waits. Those that wait again after a
 * call of theirs began are kept apart: their tags are of the past and say nothing of the present.
 */
final class ModelQueue {

    private final RankedSet<QueuedTicket> fresh = new RankedSet<>();
    private final RankedSet<QueuedTicket> returned = new RankedSet<>();

    void add(QueuedTicket queued) {
        Ticket ticket = queued.ticket();
        RankedSet<QueuedTicket> part = ticket.begun() ? returned : fresh;
        part.add(ticket.tag(), ticket.sequence(), queued);
    }

    /** Takes the ticket of a place out; empty if there is none. */
    Optional<QueuedTicket> remove(long tag, long sequence) {
        Optional<QueuedTicket> ticket = fresh.remove(tag, sequence);
        return ticket.isPresent() ? ticket : returned.remove(tag, sequence);
    }

    /** The first ticket of both kinds. */
    Ticket first() {
        return QueuedTicket.earlier(fresh.first(), returned.first()).orElseThrow().ticket();
    }

    /** The first tickets of both kinds, at most {@code limit}. */
    List<Ticket> first(int limit) {
        return Stream.concat(fresh.first(limit).stream(), returned.first(limit).stream())
                .map(QueuedTicket::ticket)
                .sorted(Ticket.ORDER)
                .limit(limit)
                .toList();
    }

    Optional<QueuedTicket> firstFresh() {
        return fresh.first();
    }

    /** How many tickets of the queue go before a place. */
    int rank(long tag, long sequence) {
        return fresh.rank(tag, sequence) + returned.rank(tag, sequence);
    }

    int size() {
        return fresh.size() + returned.size();
    }
}
