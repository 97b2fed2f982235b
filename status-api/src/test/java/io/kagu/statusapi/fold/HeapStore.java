package io.kagu.statusapi.fold;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store of single rows in heap; a test can step in just before a write. */
final class HeapStore implements KeyValueStore<String, byte[]> {

    private final Map<String, byte[]> rows = new ConcurrentHashMap<>();
    private Runnable beforeWrite = () -> {};
    private boolean open = true;

    void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    @Override
    public void put(String key, byte[] value) {
        beforeWrite.run();
        rows.put(key, value);
    }

    @Override
    public byte @Nullable [] delete(String key) {
        beforeWrite.run();
        return rows.remove(key);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return rows.get(key);
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
