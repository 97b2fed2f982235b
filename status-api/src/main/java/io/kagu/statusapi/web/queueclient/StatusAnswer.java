package io.kagu.statusapi.web.queueclient;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.kagu.common.admission.Thresholds;
import io.kagu.statusapi.core.GpuReport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The whole queue as {@code GET /status} tells it.
 *
 * @param queueDepth jobs that wait
 * @param pendingDepth jobs that run, or wait for their retry
 * @param dlqDepth dead letters; null while some cannot be counted
 * @param stale whether some pool's numbers are old
 * @param circuitBreaker by GPU
 * @param gpuHealth by GPU
 * @param thresholds of one pool
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record StatusAnswer(
        OptionalLong queueDepth,
        OptionalLong pendingDepth,
        OptionalLong dlqDepth,
        boolean stale,
        Map<String, Breaker> circuitBreaker,
        List<ConsumerAnswer> consumers,
        Map<String, GpuAnswer> gpuHealth,
        Limits thresholds) {

    /**
     * A GPU's breaker.
     *
     * @param state {@code closed}, {@code open} or {@code half_open}; null while its pool's owner
     *     is not heard
     * @param failures always null: only the owner counts them
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Breaker(Optional<String> state, OptionalInt failures) {

        static Breaker of(GpuReport gpu) {
            return new Breaker(
                    gpu.breaker().map(state -> state.toLowerCase(Locale.ROOT)),
                    OptionalInt.empty());
        }
    }

    /**
     * At how many waiting jobs what happens.
     *
     * @param warn callers are warned
     * @param overloaded jobs of normal priority are refused
     * @param open all are refused
     */
    record Limits(int warn, int overloaded, int open) {

        static Limits of(Thresholds thresholds) {
            return new Limits(thresholds.warn(), thresholds.shedNormal(), thresholds.capacity());
        }
    }
}
