package io.kagu.dispatcher.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tickets of one lane and model, of which at least one waits. Those that wait again after a
 * call of theirs began are kept apart: their tags are of the past and say nothing of the present.
 */
final class ModelQueue {

    private final RankedSet<Ticket> fresh = new RankedSet<>(Ticket.ORDER);
    private final RankedSet<Ticket> returned = new RankedSet<>(Ticket.ORDER);

    void add(Ticket ticket) {
        part(ticket).add(ticket);
    }

    void remove(Ticket ticket) {
        part(ticket).remove(ticket);
    }

    private RankedSet<Ticket> part(Ticket ticket) {
        return ticket.begun() ? returned : fresh;
    }

    /** The first ticket of both kinds. */
    Ticket first() {
        Optional<Ticket> again = returned.first();
        Optional<Ticket> first =
                fresh.first()
                        .filter(t -> again.isEmpty() || Ticket.ORDER.compare(t, again.get()) < 0);
        return first.or(() -> again).orElseThrow();
    }

    /** The first tickets of both kinds, at most {@code limit}. */
    List<Ticket> first(int limit) {
        return Stream.concat(fresh.first(limit).stream(), returned.first(limit).stream())
                .sorted(Ticket.ORDER)
                .limit(limit)
                .toList();
    }

    Optional<Ticket> firstFresh() {
        return fresh.first();
    }

    /** How many tickets of the queue go before this one. */
    int rank(Ticket ticket) {
        return fresh.rank(ticket) + returned.rank(ticket);
    }

    int size() {
        return fresh.size() + returned.size();
    }
}
