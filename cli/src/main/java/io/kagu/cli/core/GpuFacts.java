package io.kagu.cli.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The part of a server's report on a GPU that people want to see.
 *
 * @param running calls that run on it; empty while unknown
 */
public record GpuFacts(
        Spec spec,
        boolean usable,
        Optional<Reason> reason,
        Optional<Metrics> metrics,
        OptionalInt running,
        Optional<String> breaker,
        boolean drained) {

    /** Its entry in the registry. */
    public record Spec(String name, String pool, int slots, boolean draining) {}

    /** Why it gets no calls, or what is to be known although it does. */
    public record Reason(String code, String message, Optional<Instant> until) {}

    /** What its sidecar said. */
    public record Metrics(String health, OptionalDouble gpuUtilPct, OptionalDouble vramPct) {}

    /**
     * All GPUs.
     *
     * @param leftOut by name, why stored GPUs are not in force
     */
    public record All(List<GpuFacts> gpus, Map<String, List<String>> leftOut) {

        public All {
            gpus = List.copyOf(gpus);
            leftOut = leftOut == null ? Map.of() : Map.copyOf(leftOut);
        }
    }
}
