package io.kagu.dispatcher.core;

import java.util.List;
import java.util.Optional;

/** A node of a {@link RankedSet}. */
sealed interface RankedNode<T> permits RankedLeaf, RankedBranch {

    /** The places of its items, or those from which on its children's items lie. */
    RankedPlaces places();

    /** Items in it and below. */
    int size();

    /**
     * Adds an item; a new node to the right of this one if that made it too large.
     *
     * @throws IllegalStateException if another has its place
     */
    Optional<RankedNode<T>> add(long major, long minor, T item);

    /** Removes an item and hands it back; empty if there is none at this place. */
    Optional<T> remove(long major, long minor);

    /** How many items go before a place. */
    int rank(long major, long minor);

    /** The first of its items, of which there must be one. */
    T first();

    /** The places of the leaf that its first item is in. */
    RankedPlaces firstPlaces();

    /** The last of its items, of which there must be one. */
    T last();

    /** Adds the first items whose first number is at most {@code major} to a list of a limit. */
    void collect(long major, int limit, List<T> found);

    /** What is left where a root has but one child. */
    RankedNode<T> shortened();
}
