package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.ListPlace;

/** Goes through a part of a list, in order; to be closed. */
public interface ListScan<T> extends AutoCloseable {

    /** Whether there is one more. */
    boolean hasNext();

    /** Where the next one stands; it is not passed by that. */
    ListPlace nextPlace();

    /** The next one. */
    T next();

    /** Whether its end is not the list's: there may be more behind. */
    default boolean cut() {
        return false;
    }

    @Override
    void close();
}
