package io.kagu.common.gpu;

import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far the drain of a GPU has come. The pool's owner reads of a drain soon after it was written;
 * what it says later than {@link #SETTLED} after that, it says as one that grants no more leases.
 *
 * @param since when the GPU's entry was written last
 * @param running leases that are known to be held, as of after the drain; empty while unknown
 */
public record Drain(boolean asked, Instant since, OptionalInt running) {

    private static final String DRAINING = "draining";

    /** Within which an owner has read the registry; more than clocks of one fleet differ. */
    public static final Duration SETTLED = Duration.ofSeconds(3);

    /**
     * The drain of a GPU now.
     *
     * @param since when the GPU's entry was written last
     * @param pool what the owner of its pool said last; empty for a pool that never had one
     */
    public static Drain of(GpuSpec gpu, Instant since, Optional<QueueStatus> pool, Instant now) {
        Instant settled = since.plus(SETTLED);
        Instant said = pool.map(QueueStatus::time).orElse(now);
        return new Drain(
                gpu.draining(),
                since,
                said.isBefore(settled) ? OptionalInt.empty() : leases(gpu, pool));
    }

    private static OptionalInt leases(GpuSpec gpu, Optional<QueueStatus> pool) {
        if (pool.isEmpty()) {
            return OptionalInt.of(0);
        }
        QueueStatus status = pool.get();
        if (status.gpus().isEmpty()) {
            return OptionalInt.of(status.running());
        }
        // An owner that does not list it holds no lease on it.
        return status.gpus().stream()
                .filter(known -> known.name().equals(gpu.name()))
                .map(known -> knowsOf(gpu, known))
                .findFirst()
                .orElse(OptionalInt.of(0));
    }

    /** An owner of before does not say whether it knows of the drain. */
    private static OptionalInt knowsOf(GpuSpec gpu, GpuStatus known) {
        boolean unaware =
                gpu.draining()
                        && known.metrics().isPresent()
                        && !known.hindrance().equals(Optional.of(DRAINING));
        return unaware ? OptionalInt.empty() : OptionalInt.of(known.running());
    }

    /** Whether the GPU gets no call and none runs on it. */
    public boolean done() {
        return asked && running.equals(OptionalInt.of(0));
    }
}
