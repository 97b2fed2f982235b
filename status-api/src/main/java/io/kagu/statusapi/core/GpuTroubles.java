package io.kagu.statusapi.core;

import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.util.Optional;
import java.util.stream.Collectors;

/** Says for people which GPUs of a pool get no calls at present, or just one. */
final class GpuTroubles {

    private GpuTroubles() {}

    /** One clause for each such GPU, each with a leading semicolon; empty if all may be called. */
    static String of(QueueStatus status) {
        return status.gpus().stream()
                .map(GpuTroubles::of)
                .flatMap(Optional::stream)
                .map(trouble -> "; " + trouble)
                .collect(Collectors.joining());
    }

    private static Optional<String> of(GpuStatus gpu) {
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
