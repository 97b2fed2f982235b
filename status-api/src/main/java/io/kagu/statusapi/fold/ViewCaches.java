package io.kagu.statusapi.fold;

import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Shares the room for rows that readers asked for among the partitions that are open here. */
public final class ViewCaches {

    private static final int PERCENT = 100;

    private final long bytes;
    private final StatsCounter counter = new ConcurrentStatsCounter();
    private final Map<Integer, ViewCache> open = new HashMap<>();

    private ViewCaches(long bytes) {
        this.bytes = bytes;
    }

    /**
     * With a share of the heap.
     *
     * @param percent at least 1
     */
    public static ViewCaches ofHeap(int percent, MeterRegistry registry) {
        return of(Runtime.getRuntime().maxMemory() / PERCENT * percent, registry);
    }

    static ViewCaches of(long bytes, MeterRegistry registry) {
        ViewCaches caches = new ViewCaches(bytes);
        caches.count("reads", counter -> counter.snapshot().requestCount(), registry);
        caches.count("hits", counter -> counter.snapshot().hitCount(), registry);
        caches.count("evictions", counter -> counter.snapshot().evictionCount(), registry);
        return caches;
    }

    private void count(String what, ToDoubleFunction<StatsCounter> count, MeterRegistry registry) {
        FunctionCounter.builder("kagu.status.view.cache." + what, counter, count)
                .register(registry);
    }

    /** An empty one: what was known of a partition may have changed while it was elsewhere. */
    synchronized ViewCache open(int partition) {
        ViewCache cache = new ViewCache(0, counter);
        open.put(partition, cache);
        share();
        return cache;
    }

    synchronized void close(int partition) {
        open.remove(partition);
        share();
    }

    private void share() {
        open.values().forEach(cache -> cache.resize(bytes / open.size()));
    }
}
