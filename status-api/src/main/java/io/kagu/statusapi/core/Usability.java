package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.kagu.common.job.QueueStatus.GpuStatus;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Why a GPU gets no calls, or what limits those that it gets.
 *
 * @param code stable: {@code draining}, {@code no_owner}, {@code down}, {@code breaker_open},
 *     {@code limited}, {@code breaker_half_open} or {@code metrics_unknown}
 * @param until when it ends by itself, where that is known
 * @param usable whether it gets calls all the same
 */
public record Usability(
        String code, String message, Optional<Instant> until, @JsonIgnore boolean usable) {

    /** The first reason that applies; empty for a GPU that nothing is to be said of. */
    static Optional<Usability> of(
            KnownGpu gpu, Optional<GpuStatus> said, Optional<SidecarReport> sidecar, Instant now) {
        return draining(gpu)
                .or(() -> noOwner(gpu))
                .or(() -> down(said, sidecar))
                .or(() -> said.flatMap(status -> held(status, now)))
                .or(() -> blind(sidecar));
    }

    private static Optional<Usability> draining(KnownGpu gpu) {
        return gpu.spec().draining()
                ? bars("draining", "it is drained: it gets no new calls", Optional.empty())
                : Optional.empty();
    }

    private static Optional<Usability> noOwner(KnownGpu gpu) {
        String pool = gpu.spec().pool();
        if (gpu.queue().isEmpty()) {
            return told(
                    "no_owner",
                    "no dispatcher owns pool %s yet: one does from its first job on"
                            .formatted(pool));
        }
        return gpu.queue().get().stale()
                ? bars(
                        "no_owner",
                        "nothing is heard of the owner of pool " + pool,
                        Optional.empty())
                : Optional.empty();
    }

    /** The owner's word counts, for it decides; an owner that does not say yet reads the same. */
    private static Optional<Usability> down(
            Optional<GpuStatus> said, Optional<SidecarReport> sidecar) {
        boolean down =
                said.filter(status -> status.metrics().isPresent())
                        .map(status -> status.hindrance().equals(Optional.of("down")))
                        .orElseGet(() -> sidecar.filter(SidecarReport::down).isPresent());
        String why = sidecar.flatMap(SidecarReport::reason).orElse("its card is down");
        return down ? bars("down", why, Optional.empty()) : Optional.empty();
    }

    private static Optional<Usability> held(GpuStatus status, Instant now) {
        Predicate<Instant> toCome = until -> until.isAfter(now);
        Optional<Instant> open = status.openUntil().filter(toCome);
        if (open.isPresent()) {
            return bars("breaker_open", "its calls failed; none until " + open.get(), open);
        }
        Optional<Instant> limited = status.limitedUntil().filter(toCome);
        if (limited.isPresent()) {
            return bars("limited", "it is at its limit until " + limited.get(), limited);
        }
        return status.breaker().equals("CLOSED")
                ? Optional.empty()
                : told("breaker_half_open", "its calls failed; it is tried with one");
    }

    private static Optional<Usability> blind(Optional<SidecarReport> sidecar) {
        return sidecar.filter(SidecarReport::blind)
                .flatMap(it ->
                        told(
                                "metrics_unknown",
                                it.reason().orElse("its sidecar tells nothing")
                                        + "; GPUs that are known go before it"));
    }

    private static Optional<Usability> bars(String code, String message, Optional<Instant> until) {
        return Optional.of(new Usability(code, message, until, false));
    }

    private static Optional<Usability> told(String code, String message) {
        return Optional.of(new Usability(code, message, Optional.empty(), true));
    }
}
