package io.kagu.dispatcher.pool;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A store with a changelog as a crash sees it: what was written since the last commit survives as a
 * prefix, cut anywhere.
 */
final class JournaledStore implements KeyValueStore<String, byte[]> {

    private final String name;
    private final NavigableMap<String, byte[]> committed = new TreeMap<>();
    private final List<KeyValue<String, byte[]>> journal = new ArrayList<>();
    private final NavigableMap<String, byte[]> current = new TreeMap<>();

    JournaledStore(String name) {
        this.name = name;
    }

    /** All that was written so far is stored, though its inputs may be read again. */
    void commit() {
        journal.forEach(write -> write(committed, write));
        journal.clear();
    }

    void crash(RandomGenerator random) {
        int kept = random.nextInt(journal.size() + 1);
        journal.subList(0, kept).forEach(write -> write(committed, write));
        journal.clear();
        current.clear();
        current.putAll(committed);
    }

    private static void write(Map<String, byte[]> rows, KeyValue<String, byte[]> write) {
        if (write.value == null) {
            rows.remove(write.key);
        } else {
            rows.put(write.key, write.value);
        }
    }

    @Override
    public void put(String key, byte[] value) {
        KeyValue<String, byte[]> write = KeyValue.pair(key, value);
        journal.add(write);
        write(current, write);
    }

    @Override
    public byte[] putIfAbsent(String key, byte[] value) {
        byte[] present = current.get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(String key) {
        byte[] present = current.get(key);
        put(key, null);
        return present;
    }

    @Override
    public byte[] get(String key) {
        return current.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        return iterator(current.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<String, byte[]> reverseRange(String from, String to) {
        return iterator(current.subMap(from, true, to, true).descendingMap());
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return iterator(current);
    }

    private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> rows) {
        return new Entries(new ArrayList<>(rows.entrySet()).iterator());
    }

    private record Entries(Iterator<Map.Entry<String, byte[]>> entries)
            implements KeyValueIterator<String, byte[]> {

        @Override
        public void close() {}

        @Override
        public String peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<String, byte[]> next() {
            Map.Entry<String, byte[]> entry = entries.next();
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public long approximateNumEntries() {
        return current.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
