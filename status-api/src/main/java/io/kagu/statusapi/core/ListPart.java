package io.kagu.statusapi.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A page of a list, of some partitions, newest first.
 *
 * @param next where the next page goes on, if there may be one: all that is newer was looked at
 * @param partitions that were looked at
 */
public record ListPart<T>(List<T> items, Optional<ListPlace> next, Set<Integer> partitions) {

    public ListPart {
        items = List.copyOf(items);
        partitions = Collections.unmodifiableSet(new TreeSet<>(partitions));
    }

    /**
     * The parts of several replicas as one page. It ends where the first part that has more ends:
     * beyond, that part may have jobs that nobody has told yet.
     *
     * @param place where an item stands
     */
    public static <T> ListPart<T> merged(
            List<ListPart<T>> parts, int limit, Function<T, ListPlace> place) {
        Optional<ListPlace> end =
                parts.stream()
                        .map(ListPart::next)
                        .flatMap(Optional::stream)
                        .max(ListPlace::compareTo);
        TreeMap<ListPlace, T> newest = new TreeMap<>();
        parts.forEach(part -> part.items().forEach(item -> newest.put(place.apply(item), item)));
        end.ifPresent(last -> newest.headMap(last, false).clear());
        Set<Integer> partitions = new TreeSet<>();
        parts.forEach(part -> partitions.addAll(part.partitions()));
        List<T> items = new ArrayList<>(newest.descendingMap().values());
        if (items.size() <= limit) {
            return new ListPart<>(items, end, partitions);
        }
        List<T> page = items.subList(0, limit);
        return new ListPart<>(page, Optional.of(place.apply(page.getLast())), partitions);
    }
}
