package io.kagu.dispatcher.pool;

import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.Hindrance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.Optional;

/** The gauges of one GPU. */
final class GpuGauges {

    private final GaugeGroup gauges;
    private volatile GpuStatus latest;

    GpuGauges(MeterRegistry registry, Tags pool, GpuStatus first) {
        this.gauges = new GaugeGroup(registry);
        this.latest = first;
        Tags gpu = pool.and("gpu", first.name());
        gauges.add("kagu.gpu.leases", "Calls under way", gpu, () -> latest.running());
        gauges.add(
                "kagu.gpu.breaker",
                "0 closed, 1 half-open, 2 open",
                gpu,
                () -> number(Phase.valueOf(latest.breaker())));
        for (Hindrance reason : Hindrance.values()) {
            gauges.add(
                    "kagu.gpu.hindered",
                    "1 while this keeps it from taking a call",
                    gpu.and("reason", reason.word()),
                    () -> latest.hindrance().equals(Optional.of(reason.word())) ? 1 : 0);
        }
    }

    private static int number(Phase phase) {
        return switch (phase) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    void update(GpuStatus status) {
        latest = status;
    }

    void remove() {
        gauges.remove();
    }
}
