package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.ListPlace;

import org.apache.kafka.streams.state.KeyValueIterator;

import java.util.function.Function;

/** Goes through rows of a store whose keys end with places. */
final class StoredScan<T> implements ListScan<T> {

    private final KeyValueIterator<byte[], byte[]> rows;
    private final Function<byte[], ListPlace> place;
    private final Row<T> row;

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T of(byte[] key, byte[] value);
    }

    StoredScan(
            KeyValueIterator<byte[], byte[]> rows, Function<byte[], ListPlace> place, Row<T> row) {
        this.rows = rows;
        this.place = place;
        this.row = row;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public ListPlace nextPlace() {
        return place.apply(rows.peekNextKey());
    }

    @Override
    public T next() {
        var next = rows.next();
        return row.of(next.key, next.value);
    }

    @Override
    public void close() {
        rows.close();
    }
}
