package io.kagu.statusapi.core;

/**
 * A part of a list's order, both ends within.
 *
 * @param from the oldest place
 * @param to the newest place
 */
public record ListRange(ListPlace from, ListPlace to) {

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return from.compareTo(to) > 0;
    }
}
