package io.kagu.statusapi.core;

import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.util.Optional;
import java.util.stream.Collectors;

/** Says for people what hampers a pool's GPUs: which get no calls at present, or just one. */
final class GpuTroubles {

    private GpuTroubles() {}

    /**
     * One clause for a pool whose sidecars are silent and one for each such GPU, each with a
     * leading semicolon; empty if all is well.
     */
    static String of(QueueStatus status) {
        String blind =
                status.metricsBlind() ? "; no sidecar tells anything, free slots decide" : "";
        return blind + ofGpus(status);
    }

    private static String ofGpus(QueueStatus status) {
        return status.gpus().stream()
                .map(GpuTroubles::of)
                .flatMap(Optional::stream)
                .map(trouble -> "; " + trouble)
                .collect(Collectors.joining());
    }

    private static Optional<String> of(GpuStatus gpu) {
        if (gpu.hindrance().equals(Optional.of("draining"))) {
            return Optional.of("GPU %s is drained".formatted(gpu.name()));
        }
        if (gpu.hindrance().equals(Optional.of("down"))) {
            return Optional.of("GPU %s is down by its sidecar".formatted(gpu.name()));
        }
        if (gpu.openUntil().isPresent()) {
            return Optional.of(
                    "GPU %s failed and gets no calls until %s"
                            .formatted(gpu.name(), gpu.openUntil().get()));
        }
        if (gpu.breaker().equals("HALF_OPEN")) {
            return Optional.of("GPU %s failed and is tried with one call".formatted(gpu.name()));
        }
        return gpu.limitedUntil()
                .map(until -> "GPU %s is at its limit until %s".formatted(gpu.name(), until));
    }
}
