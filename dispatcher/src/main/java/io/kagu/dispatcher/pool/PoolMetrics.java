package io.kagu.dispatcher.pool;

import io.kagu.common.job.QueueStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The meters of the pools that this replica owns, as they were last reported. Each pool is told of
 * by one stream thread.
 */
public final class PoolMetrics {

    private final MeterRegistry registry;
    private final ConcurrentMap<String, PoolGauges> pools = new ConcurrentHashMap<>();

    public PoolMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How a pool stands now. */
    void reported(QueueStatus status) {
        pools.computeIfAbsent(status.pool(), name -> new PoolGauges(registry, status))
                .update(status);
    }

    /** A breaker went into another phase. */
    void moved(BreakerMove move) {
        Counter.builder("kagu.gpu.breaker.changes")
                .description("How often a breaker went into a phase")
                .tag("pool", move.pool().name())
                .tag("gpu", move.gpu())
                .tag("phase", move.to().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** The pool is another owner's, or nobody's: its gauges would tell the past. */
    void left(String pool) {
        PoolGauges gauges = pools.remove(pool);
        if (gauges != null) {
            gauges.remove();
        }
    }
}
