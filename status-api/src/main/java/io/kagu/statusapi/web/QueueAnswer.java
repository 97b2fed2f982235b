package io.kagu.statusapi.web;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.Pause;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.statusapi.core.QueueSnapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code GET /v1/queue} tells of all pools.
 *
 * @param stale whether what is told of some pool is old
 */
record QueueAnswer(Instant asOf, boolean stale, List<Pool> pools) {

    private static final double MILLIS = 1000.0;

    QueueAnswer {
        pools = List.copyOf(pools);
    }

    static QueueAnswer of(List<QueueSnapshot> pools, Instant now) {
        return new QueueAnswer(
                now,
                pools.stream().anyMatch(QueueSnapshot::stale),
                pools.stream().map(pool -> Pool.of(pool, now)).toList());
    }

    /**
     * One pool.
     *
     * @param stale the owner was not heard for some seconds: the numbers are old
     * @param serviceSeconds mean duration of a call; absent while unknown
     */
    record Pool(
            String pool,
            Instant asOf,
            boolean stale,
            String owner,
            long waiting,
            int running,
            int retrying,
            int slots,
            List<GpuStatus> gpus,
            boolean metricsBlind,
            List<Pause> pauses,
            long endedTotal,
            double endedPerSecond,
            @JsonProperty("service_s") OptionalDouble serviceSeconds,
            List<Lane> lanes) {

        Pool {
            lanes = List.copyOf(lanes);
            gpus = List.copyOf(gpus);
            pauses = List.copyOf(pauses);
        }

        static Pool of(QueueSnapshot snapshot, Instant now) {
            QueueStatus status = snapshot.status();
            return new Pool(
                    status.pool(),
                    status.time(),
                    snapshot.stale(),
                    status.owner(),
                    status.lanes().stream().mapToLong(LaneStatus::waiting).sum(),
                    status.running(),
                    status.retrying(),
                    status.slots(),
                    status.gpus(),
                    status.metricsBlind(),
                    status.pauses(),
                    status.endedTotal(),
                    status.endedPerSecond(),
                    status.serviceMillis() > 0
                            ? OptionalDouble.of(status.serviceMillis() / MILLIS)
                            : OptionalDouble.empty(),
                    status.lanes().stream().map(lane -> Lane.of(lane, now)).toList());
        }
    }

    /**
     * One priority of a pool.
     *
     * @param oldestAgeSeconds how long the job that waits longest has waited
     */
    record Lane(
            Priority priority,
            int waiting,
            Optional<Instant> oldestQueuedAt,
            @JsonProperty("oldest_age_s") OptionalDouble oldestAgeSeconds) {

        static Lane of(LaneStatus lane, Instant now) {
            return new Lane(
                    lane.priority(),
                    lane.waiting(),
                    lane.oldestQueuedAt(),
                    lane.oldestQueuedAt()
                            .map(oldest -> OptionalDouble.of(age(oldest, now)))
                            .orElse(OptionalDouble.empty()));
        }

        private static double age(Instant oldest, Instant now) {
            return Math.max(0, Duration.between(oldest, now).toMillis() / MILLIS);
        }
    }
}
