package io.kagu.dispatcher.core;

import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who goes next: strictly by lane, then by tag, then by sequence. Indexed by model as well, so that
 * a job whose GPUs are all busy blocks no other. Adding and removing are O(log n) in tickets; the
 * next one and a position are O(m log n) for m models at most.
 */
final class WaitingOrder {

    private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);

    WaitingOrder() {
        for (Priority lane : Priority.values()) {
            lanes.put(lane, new Lane());
        }
    }

    /** A lane's tickets by model, in no order by which anything is decided. */
    private record Lane(Map<String, ModelQueue> models) {

        Lane() {
            this(new LinkedHashMap<>());
        }

        int size() {
            return models.values().stream().mapToInt(ModelQueue::size).sum();
        }

        int rank(Ticket ticket) {
            int before = 0;
            for (ModelQueue queue : models.values()) {
                before += queue.rank(ticket.tag(), ticket.sequence());
            }
            return before;
        }

        Optional<ModelQueue> queue(String model) {
            return Optional.ofNullable(models.get(model));
        }
    }

    void add(QueuedTicket queued) {
        Ticket ticket = queued.ticket();
        lane(ticket.lane())
                .models()
                .computeIfAbsent(ticket.model(), model -> new ModelQueue())
                .add(queued);
    }

    /** Takes the ticket of a job that waits out of the order. */
    QueuedTicket remove(JobRow row) {
        Lane lane = lane(row.job().priority());
        ModelQueue queue = lane.queue(row.model()).orElseThrow();
        QueuedTicket ticket =
                queue.remove(row.tag(), row.sequence())
                        .orElseThrow(() -> new IllegalStateException("no ticket of " + row.id()));
        if (queue.size() == 0) {
            lane.models().remove(row.model());
        }
        return ticket;
    }

    /**
     * The first ticket of the highest lane among the models whose first ticket could run now: no
     * later one of the same lane and model is asked, so that none gets ahead by being smaller.
     */
    Optional<Ticket> first(Predicate<Ticket> canRun) {
        for (Lane lane : lanes.values()) {
            Optional<Ticket> first = firstOf(lane, canRun);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    private static Optional<Ticket> firstOf(Lane lane, Predicate<Ticket> canBegin) {
        for (Ticket head : heads(lane)) {
            if (canBegin.test(head)) {
                return Optional.of(head);
            }
        }
        return Optional.empty();
    }

    /** The first ticket of each model, in their order. */
    private static List<Ticket> heads(Lane lane) {
        List<Ticket> heads = new ArrayList<>(lane.models().size());
        lane.models().values().forEach(queue -> heads.add(queue.first()));
        heads.sort(Ticket.ORDER);
        return heads;
    }

    /** The first ticket of a lane and model of which no call ever began. */
    Optional<Ticket> firstFresh(Priority lane, String model) {
        return lane(lane).queue(model).flatMap(ModelQueue::firstFresh).map(QueuedTicket::ticket);
    }

    /** The first tickets of one model over all lanes, at most {@code limit}. */
    List<Ticket> ofModel(String model, int limit) {
        List<Ticket> tickets = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            lane.queue(model)
                    .ifPresent(queue -> tickets.addAll(queue.first(limit - tickets.size())));
        }
        return tickets;
    }

    /** How many tickets of the pool go before this one. */
    int rank(Ticket ticket) {
        int higher = 0;
        for (Lane lane : above(ticket)) {
            higher += lane.size();
        }
        return higher + rankInLane(ticket);
    }

    /** How many tickets of its lane go before this one. */
    int rankInLane(Ticket ticket) {
        return lane(ticket.lane()).rank(ticket);
    }

    /** How many tickets of some models go before this one. */
    int rankAmong(Ticket ticket, Collection<String> models) {
        int before = 0;
        for (String model : models) {
            for (Lane lane : above(ticket)) {
                before += lane.queue(model).map(ModelQueue::size).orElse(0);
            }
            before +=
                    lane(ticket.lane())
                            .queue(model)
                            .map(queue -> queue.rank(ticket.tag(), ticket.sequence()))
                            .orElse(0);
        }
        return before;
    }

    private Collection<Lane> above(Ticket ticket) {
        List<Lane> above = new ArrayList<>();
        for (Map.Entry<Priority, Lane> lane : lanes.entrySet()) {
            if (lane.getKey().compareTo(ticket.lane()) < 0) {
                above.add(lane.getValue());
            }
        }
        return above;
    }

    /** Models that some ticket waits for, sorted. */
    Collection<String> models() {
        return lanes.values().stream()
                .flatMap(lane -> lane.models().keySet().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** Tickets in a lane. */
    int size(Priority lane) {
        return lane(lane).size();
    }

    private Lane lane(Priority lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
