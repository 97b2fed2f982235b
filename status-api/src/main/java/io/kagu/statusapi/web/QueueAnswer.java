package io.kagu.statusapi.web;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Pause;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.job.WaitEstimate;
import io.kagu.statusapi.core.AdmissionState;
import io.kagu.statusapi.core.QueueLengths;
import io.kagu.statusapi.core.QueueSnapshot;
import io.kagu.statusapi.core.RateLimit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code GET /v1/queue} tells of all pools.
 *
 * @param stale whether what is told of some pool is old
 * @param lengths jobs of all pools that wait
 * @param running jobs of all pools that run
 * @param rateLimits of all GPUs that have any
 * @param thresholds of each pool, at how many waiting jobs what happens
 */
record QueueAnswer(
        Instant asOf,
        boolean stale,
        QueueLengths lengths,
        long running,
        List<RateLimit> rateLimits,
        Thresholds thresholds,
        List<Pool> pools) {

    private static final double MILLIS = 1000.0;

    QueueAnswer {
        pools = List.copyOf(pools);
        rateLimits = List.copyOf(rateLimits);
    }

    /**
     * What stands beside the queues.
     *
     * @param gpus that are registered
     */
    record Rules(List<GpuSpec> gpus, Thresholds thresholds) {

        Rules {
            gpus = List.copyOf(gpus);
        }
    }

    static QueueAnswer of(List<QueueSnapshot> pools, Rules rules, Instant now) {
        List<QueueStatus> statuses = pools.stream().map(QueueSnapshot::status).toList();
        return new QueueAnswer(
                now,
                pools.stream().anyMatch(QueueSnapshot::stale),
                QueueLengths.of(statuses),
                statuses.stream().mapToLong(QueueStatus::running).sum(),
                RateLimit.of(rules.gpus(), statuses),
                rules.thresholds(),
                pools.stream().map(pool -> Pool.of(pool, rules.thresholds(), now)).toList());
    }

    /**
     * One pool.
     *
     * @param stale the owner was not heard for some seconds: the numbers are old
     * @param admission which jobs are taken in
     * @param serviceSeconds mean duration of a call; absent while unknown
     */
    record Pool(
            String pool,
            Instant asOf,
            boolean stale,
            String owner,
            QueueLengths lengths,
            AdmissionState admission,
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

        static Pool of(QueueSnapshot snapshot, Thresholds thresholds, Instant now) {
            QueueStatus status = snapshot.status();
            return new Pool(
                    status.pool(),
                    status.time(),
                    snapshot.stale(),
                    status.owner(),
                    QueueLengths.of(List.of(status)),
                    AdmissionState.of(status.waiting(), thresholds),
                    status.waiting(),
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
                    status.lanes().stream().map(lane -> Lane.of(lane, snapshot, now)).toList());
        }
    }

    /**
     * One priority of a pool.
     *
     * @param oldestAgeSeconds how long the job that waits longest has waited
     * @param estimatedWait of one more job; absent while unknown
     */
    record Lane(
            Priority priority,
            int waiting,
            Optional<Instant> oldestQueuedAt,
            @JsonProperty("oldest_age_s") OptionalDouble oldestAgeSeconds,
            Optional<WaitEstimate> estimatedWait) {

        static Lane of(LaneStatus lane, QueueSnapshot pool, Instant now) {
            return new Lane(
                    lane.priority(),
                    lane.waiting(),
                    lane.oldestQueuedAt(),
                    lane.oldestQueuedAt()
                            .map(oldest -> OptionalDouble.of(age(oldest, now)))
                            .orElse(OptionalDouble.empty()),
                    pool.waitAtTheEndOf(lane.priority()));
        }

        private static double age(Instant oldest, Instant now) {
            return Math.max(0, Duration.between(oldest, now).toMillis() / MILLIS);
        }
    }
}
