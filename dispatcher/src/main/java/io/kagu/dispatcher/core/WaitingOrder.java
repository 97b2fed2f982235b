package io.kagu.dispatcher.core;

import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who goes next: strictly by lane, then by sequence. Indexed by model as well, so that a job whose
 * GPUs are all busy blocks no other. Every operation is O(log n) in tickets.
 */
final class WaitingOrder {

    private final Map<Priority, NavigableMap<String, NavigableMap<Long, Ticket>>> lanes =
            new EnumMap<>(Priority.class);

    WaitingOrder() {
        for (Priority lane : Priority.values()) {
            lanes.put(lane, new TreeMap<>());
        }
    }

    void add(Ticket ticket) {
        models(ticket.lane())
                .computeIfAbsent(ticket.model(), model -> new TreeMap<>())
                .put(ticket.sequence(), ticket);
    }

    void remove(Ticket ticket) {
        NavigableMap<String, NavigableMap<Long, Ticket>> models = models(ticket.lane());
        NavigableMap<Long, Ticket> queue = models.get(ticket.model());
        if (queue == null || queue.remove(ticket.sequence()) == null) {
            throw new IllegalStateException("no ticket waits for job " + ticket.jobId());
        }
        if (queue.isEmpty()) {
            models.remove(ticket.model());
        }
    }

    /** The first ticket of the highest lane among the models that could run now. */
    Optional<Ticket> first(Predicate<String> modelCanRun) {
        for (Priority lane : Priority.values()) {
            Optional<Ticket> first = firstOf(lane, modelCanRun);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    /** The first ticket of a lane among some models. */
    Optional<Ticket> firstOf(Priority lane, Predicate<String> ofModel) {
        Ticket first = null;
        for (Map.Entry<String, NavigableMap<Long, Ticket>> model : models(lane).entrySet()) {
            Ticket ticket = model.getValue().firstEntry().getValue();
            boolean earlier = first == null || ticket.sequence() < first.sequence();
            if (earlier && ofModel.test(model.getKey())) {
                first = ticket;
            }
        }
        return Optional.ofNullable(first);
    }

    /** The first tickets of one model over all lanes, at most {@code limit}. */
    List<Ticket> ofModel(String model, int limit) {
        List<Ticket> tickets = new ArrayList<>();
        for (Priority lane : Priority.values()) {
            NavigableMap<Long, Ticket> queue = models(lane).get(model);
            if (queue != null) {
                queue.values().stream().limit(limit - tickets.size()).forEach(tickets::add);
            }
        }
        return tickets;
    }

    /** Models that some ticket waits for, sorted. */
    Collection<String> models() {
        return lanes.values().stream()
                .flatMap(m -> m.keySet().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** Tickets in a lane. */
    int size(Priority lane) {
        return models(lane).values().stream().mapToInt(Map::size).sum();
    }

    private NavigableMap<String, NavigableMap<Long, Ticket>> models(Priority lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
