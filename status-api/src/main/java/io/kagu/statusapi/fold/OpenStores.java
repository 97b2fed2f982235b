package io.kagu.statusapi.fold;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The views, responses and lists of the partitions that this instance owns, while they are
 * complete: opened and closed by the stream thread, read by any. What {@code KafkaStreams.store}
 * hands out looks through the tasks of all threads, under their locks, at each read.
 */
public final class OpenStores {

    private final ConcurrentHashMap<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private final ViewCaches caches;

    public OpenStores(ViewCaches caches) {
        this.caches = caches;
    }

    /** The stores of one partition. */
    record Partition(OpenViews views, JobResultStore results, JobListRows lists) {}

    /** The views of a partition that is about to be opened. */
    OpenViews views(int partition, JobViewStore store) {
        return new OpenViews(store, caches.open(partition));
    }

    void open(int partition, Partition stores) {
        partitions.put(partition, stores);
    }

    void close(int partition) {
        partitions.remove(partition);
        caches.close(partition);
    }

    /**
     * The stores of a partition.
     *
     * @throws InvalidStateStoreException while they cannot be read here
     */
    Partition of(int partition) {
        Partition stores = partitions.get(partition);
        if (stores == null) {
            throw new InvalidStateStoreException("partition " + partition + " is not open here");
        }
        return stores;
    }

    /** The stores of all partitions that can be read here now, by partition. */
    Map<Integer, Partition> all() {
        return new TreeMap<>(partitions);
    }
}
