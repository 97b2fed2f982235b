package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.ExpiryKey;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.ArrayList;
import java.util.List;

/** Ended jobs in the order of their ends: what the sweep works through. */
final class JobExpiryStore {

    static final String NAME = "job-expiry";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;

    /**
     * Every key before this was deleted; a scan that began earlier would wade through tombstones.
     */
    private long floor;

    JobExpiryStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(TopicConfig topics) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withLoggingEnabled(Changelogs.settings(topics, topics.maxRequestRecordBytes()));
    }

    void add(long time, String jobId) {
        store.put(new ExpiryKey(Math.max(time, floor), jobId).encode(), PRESENT);
    }

    /** The first keys before a time, at most so many. */
    List<ExpiryKey> before(long time, int limit) {
        List<ExpiryKey> due = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> rows =
                store.range(ExpiryKey.startOf(floor), ExpiryKey.startOf(time))) {
            while (rows.hasNext() && due.size() < limit) {
                KeyValue<byte[], byte[]> row = rows.next();
                due.add(ExpiryKey.decode(row.key));
            }
        }
        return due;
    }

    void delete(ExpiryKey key) {
        store.delete(key.encode());
        floor = key.time();
    }
}
