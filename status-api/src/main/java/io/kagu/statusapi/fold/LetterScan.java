package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterKeys;
import io.kagu.statusapi.core.LetterPlace;

import org.apache.kafka.streams.state.KeyValueIterator;

/** Goes through heads of dead letters of one partition, in order; to be closed. */
public final class LetterScan implements AutoCloseable {

    private final KeyValueIterator<byte[], byte[]> rows;

    LetterScan(KeyValueIterator<byte[], byte[]> rows) {
        this.rows = rows;
    }

    /** Whether there is one more. */
    public boolean hasNext() {
        return rows.hasNext();
    }

    /** Where the next one stands; it is not passed by that. */
    public LetterPlace nextPlace() {
        return LetterKeys.place(rows.peekNextKey());
    }

    /** The next one. */
    public LetterHead next() {
        return LetterHead.decode(rows.next().value);
    }

    @Override
    public void close() {
        rows.close();
    }
}
