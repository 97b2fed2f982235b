package io.kagu.dispatcher.pool;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The gauges of one pool and of its GPUs. What is not known yet is NaN, never 0. */
final class PoolGauges {

    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final Tags pool;
    private final GaugeGroup own;
    private final Map<String, GpuGauges> gpus = new TreeMap<>();
    private volatile QueueStatus latest;

    PoolGauges(MeterRegistry registry, QueueStatus first) {
        this.registry = registry;
        this.pool = Tags.of("pool", first.pool());
        this.own = new GaugeGroup(registry);
        this.latest = first;
        addPool();
        for (Priority lane : Priority.values()) {
            addLane(lane);
        }
    }

    private void addPool() {
        add("kagu.pool.running", "Calls under way", QueueStatus::running);
        add("kagu.pool.retrying", "Jobs that wait for another attempt", QueueStatus::retrying);
        add("kagu.pool.slots", "Slots of all GPUs", QueueStatus::slots);
        add(
                "kagu.pool.metrics.blind",
                "1 while no sidecar of the pool tells anything",
                status -> status.metricsBlind() ? 1 : 0);
        add(
                "kagu.pool.wait.error",
                "Mean distance of foretold waits from those that came, as a share of these",
                status -> waits(status, WaitAccuracy::error));
        add(
                "kagu.pool.wait.p90.covered",
                "Share of waits no longer than the foretold 90th percentile",
                status -> waits(status, WaitAccuracy::p90Covered));
    }

    private static double waits(QueueStatus status, ToDoubleFunction<WaitAccuracy> figure) {
        return status.waits().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private void add(String name, String description, ToDoubleFunction<QueueStatus> value) {
        own.add(name, description, pool, () -> value.applyAsDouble(latest));
    }

    private void addLane(Priority lane) {
        Tags tags = pool.and("priority", lane.word());
        own.add(
                "kagu.pool.waiting",
                "Jobs that wait for a GPU",
                tags,
                () -> lane(lane).map(LaneStatus::waiting).orElse(0));
        own.add(
                "kagu.pool.oldest.age.seconds",
                "How long the job that waits longest has waited",
                tags,
                () -> lane(lane).flatMap(LaneStatus::oldestQueuedAt).map(this::age).orElse(0.0));
    }

    private Optional<LaneStatus> lane(Priority priority) {
        return latest.lanes().stream().filter(lane -> lane.priority() == priority).findFirst();
    }

    private double age(Instant queuedAt) {
        return Duration.between(queuedAt, latest.time()).toMillis() / MILLIS;
    }

    /** Takes over what is newer; GPUs come and go. */
    void update(QueueStatus status) {
        latest = status;
        Set<String> present =
                status.gpus().stream().map(GpuStatus::name).collect(Collectors.toSet());
        gpus.entrySet().removeIf(known -> gone(known, present));
        for (GpuStatus gpu : status.gpus()) {
            gpus.computeIfAbsent(gpu.name(), name -> new GpuGauges(registry, pool, gpu))
                    .update(gpu);
        }
    }

    private static boolean gone(Map.Entry<String, GpuGauges> known, Set<String> present) {
        boolean gone = !present.contains(known.getKey());
        if (gone) {
            known.getValue().remove();
        }
        return gone;
    }

    void remove() {
        own.remove();
        gpus.values().forEach(GpuGauges::remove);
        gpus.clear();
    }
}
