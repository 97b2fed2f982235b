package io.kagu.dispatcher.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Items in the order of two numbers, the second where the first are equal, which knows how many of
 * its items go before any one, in O(log n): a B+ tree whose branches know the sizes of their
 * children. What a node compares lies together in memory, so that a walk down waits for few cache
 * lines. A node goes when it is empty and is not joined with another before (Johnson and Shasha,
 * B-trees with inserts and deletes: why free-at-empty is better than merge-at-half, 1993).
 */
final class RankedSet<T> {

    private RankedNode<T> root = new RankedLeaf<>();
    private int size;

    /** The first item, once somebody asked for it: it is asked for far oftener than it changes. */
    private Optional<T> first = Optional.empty();

    private long firstMajor;
    private long firstMinor;

    /**
     * Adds an item.
     *
     * @throws IllegalStateException if another has its place
     */
    void add(long major, long minor, T item) {
        if (first.isPresent() && !isAfterFirst(major, minor)) {
            first = Optional.empty();
        }
        root.add(major, minor, item).ifPresent(right -> root = new RankedBranch<>(root, right));
        size++;
    }

    /** Removes an item and hands it back; empty if there is none at this place. */
    Optional<T> remove(long major, long minor) {
        Optional<T> removed = root.remove(major, minor);
        if (removed.isPresent()) {
            if (!isAfterFirst(major, minor)) {
                first = Optional.empty();
            }
            size--;
            root = size == 0 ? new RankedLeaf<>() : root.shortened();
        }
        return removed;
    }

    /** How many items go before a place, which may be empty. */
    int rank(long major, long minor) {
        return root.rank(major, minor);
    }

    Optional<T> first() {
        if (first.isEmpty() && size > 0) {
            first = Optional.of(root.first());
            RankedPlaces places = root.firstPlaces();
            firstMajor = places.major(0);
            firstMinor = places.minor(0);
        }
        return first;
    }

    private boolean isAfterFirst(long major, long minor) {
        return major > firstMajor || (major == firstMajor && minor > firstMinor);
    }

    Optional<T> last() {
        return size == 0 ? Optional.empty() : Optional.of(root.last());
    }

    /** The first items in order, at most {@code limit}. */
    List<T> first(int limit) {
        return upTo(Long.MAX_VALUE, limit);
    }

    /** The first items whose first number is at most {@code major}, at most {@code limit}. */
    List<T> upTo(long major, int limit) {
        List<T> found = new ArrayList<>();
        root.collect(major, limit, found);
        return found;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
