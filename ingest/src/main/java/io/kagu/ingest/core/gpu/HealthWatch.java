package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;

import java.time.Instant;
import java.util.Optional;

/** Judges one GPU by its scrapes, one after the other: a single missed scrape is no outage. */
public final class HealthWatch {

    private final String gpu;
    private final DownRule down;
    private final int missesAllowed;
    private int missed;

    /**
     * @param missesUntilUnreachable from this many in a row a GPU is unreachable; at least 1
     */
    public HealthWatch(String gpu, DownRule down, int missesUntilUnreachable) {
        this.gpu = gpu;
        this.down = down;
        this.missesAllowed = missesUntilUnreachable - 1;
    }

    /** What is to be said of the GPU after this scrape; nothing while too few were missed. */
    public Optional<GpuMetrics> after(Reading reading, Instant time) {
        return switch (reading) {
            case Reading.Numbers(GpuNumbers numbers) -> {
                missed = 0;
                Optional<String> reason = down.reason(numbers);
                Health health = reason.isPresent() ? Health.DOWN : Health.OK;
                yield Optional.of(metrics(time, health, reason, numbers));
            }
            case Reading.Garbage(String reason) -> {
                missed = 0;
                yield Optional.of(silent(time, Health.GARBAGE, reason));
            }
            case Reading.Missed(String reason) -> missed(reason, time);
        };
    }

    private Optional<GpuMetrics> missed(String reason, Instant time) {
        if (missed < missesAllowed) {
            missed++;
            return Optional.empty();
        }
        return Optional.of(silent(time, Health.UNREACHABLE, reason));
    }

    private GpuMetrics silent(Instant time, Health health, String reason) {
        return metrics(time, health, Optional.of(reason), GpuNumbers.NONE);
    }

    private GpuMetrics metrics(
            Instant time, Health health, Optional<String> reason, GpuNumbers numbers) {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                gpu,
                time,
                health,
                reason,
                numbers.utilPct(),
                numbers.vramUsedMb(),
                numbers.vramTotalMb(),
                numbers.tempC(),
                numbers.requestsRunning(),
                numbers.requestsWaiting(),
                numbers.kvCacheUsage());
    }
}
