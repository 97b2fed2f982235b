package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a pool's owner says of its queue: about once a second, and at once when a GPU's breaker goes
 * into another phase.
 *
 * @param owner incarnation of the dispatcher that owns the pool
 * @param running leases held
 * @param retrying jobs waiting for their due time
 * @param slots of all GPUs of the pool
 * @param gpus each GPU of the pool; empty from an owner that does not tell yet
 * @param endedTotal jobs that reached a terminal state since this owner took over
 * @param endedPerSecond rate over the last minute
 * @param serviceMillis mean duration of a call, exponentially weighted; 0 while unknown
 * @param metricsBlind whether GPUs have sidecars and none of them tells anything, so that leases
 *     and breakers alone decide
 * @param pauses what of the pool waits on an operator's word
 * @param waits how well waits were foretold; empty before any was
 * @param ownerUrl {@code http://host:port} where the owner says where jobs stand; empty from one
 *     that does not tell yet
 */
public record QueueStatus(
        int schema,
        String pool,
        String owner,
        Instant time,
        List<LaneStatus> lanes,
        int running,
        int retrying,
        int slots,
        List<GpuStatus> gpus,
        long endedTotal,
        double endedPerSecond,
        double serviceMillis,
        boolean metricsBlind,
        List<Pause> pauses,
        Optional<WaitAccuracy> waits,
        Optional<String> ownerUrl) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public QueueStatus {
        requireNonNull(pool, "pool");
        requireNonNull(owner, "owner");
        requireNonNull(time, "time");
        lanes = List.copyOf(lanes);
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
        pauses = pauses == null ? List.of() : List.copyOf(pauses);
    }

    /** The status of a pool whose owner does not say where it can be asked. */
    public QueueStatus(
            int schema,
            String pool,
            String owner,
            Instant time,
            List<LaneStatus> lanes,
            int running,
            int retrying,
            int slots,
            List<GpuStatus> gpus,
            long endedTotal,
            double endedPerSecond,
            double serviceMillis,
            boolean metricsBlind,
            List<Pause> pauses,
            Optional<WaitAccuracy> waits) {
        this(
                schema,
                pool,
                owner,
                time,
                lanes,
                running,
                retrying,
                slots,
                gpus,
                endedTotal,
                endedPerSecond,
                serviceMillis,
                metricsBlind,
                pauses,
                waits,
                Optional.empty());
    }

    /** The same of an owner that can be asked there. */
    public QueueStatus reachableAt(String url) {
        return new QueueStatus(
                schema,
                pool,
                owner,
                time,
                lanes,
                running,
                retrying,
                slots,
                gpus,
                endedTotal,
                endedPerSecond,
                serviceMillis,
                metricsBlind,
                pauses,
                waits,
                Optional.of(url));
    }

    /** Jobs that wait, of all priorities. */
    public long waiting() {
        return lanes.stream().mapToLong(LaneStatus::waiting).sum();
    }

    /** Jobs of one priority that wait. */
    public long waiting(Priority priority) {
        return lanes.stream()
                .filter(lane -> lane.priority() == priority)
                .mapToLong(LaneStatus::waiting)
                .sum();
    }

    /**
     * One GPU of a pool.
     *
     * @param running leases held on it
     * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     * @param openUntil when a GPU that failed gets its next call: the probe of an open breaker, or
     *     any call after the pause for serial faults
     * @param limitedUntil when its limits let the next call of usual size begin, if that is to come
     * @param hindrance why it gets no call now: {@code draining}, {@code down}, {@code
     *     breaker_open}, {@code probing}, {@code full}, {@code limited}; empty if it may have one
     * @param metrics what its sidecar tells: {@code no_sidecar}, {@code fresh}, {@code stale},
     *     {@code unknown}; empty from an owner that does not say yet
     */
    public record GpuStatus(
            String name,
            int slots,
            int running,
            String breaker,
            Optional<Instant> openUntil,
            Optional<Instant> limitedUntil,
            Optional<String> hindrance,
            Optional<String> metrics) {

        /** A GPU of which no more is told. */
        public GpuStatus(
                String name,
                int slots,
                int running,
                String breaker,
                Optional<Instant> openUntil,
                Optional<Instant> limitedUntil) {
            this(
                    name,
                    slots,
                    running,
                    breaker,
                    openUntil,
                    limitedUntil,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * How well waits were foretold, the newest counting most.
     *
     * @param samples jobs that were compared since this owner took over
     * @param error mean distance of the foretold median from what came, as a share of that
     * @param p90Covered share of waits that were no longer than the foretold 90th percentile
     * @param correction factor on the model's estimates that makes up for its bias
     */
    public record WaitAccuracy(
            long samples,
            double error,
            @JsonProperty("p90_covered") double p90Covered,
            double correction) {}

    /**
     * One priority of a pool.
     *
     * @param headSequence sequence of the longest waiting job
     * @param oldestQueuedAt when the longest waiting job was taken in
     */
    public record LaneStatus(
            Priority priority,
            int waiting,
            OptionalLong headSequence,
            Optional<Instant> oldestQueuedAt) {}
}
