package io.kagu.cli;

import io.kagu.local.gpu.CallEnding;
import io.kagu.local.gpu.CallRecord;
import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A GPU server that runs beside the program and remembers who called it, whoever is killed. */
final class RealGpu implements AutoCloseable {

    private final SimulatedGpu gpu;

    RealGpu(int slots, Duration callTime) {
        gpu =
                SimulatedGpu.start(
                        SimulatedGpuConfig.of("gpu-test", "m")
                                .withSlots(slots)
                                .withServiceTime(ServiceTime.fixed(callTime)));
    }

    /** Writes the registry file that names it. */
    Path listedIn(Path dir) throws IOException {
        return Files.writeString(
                dir.resolve("gpus.yaml"),
                """
                gpus:
                  - name: gpu-test
                    endpoint: %s
                    sidecar: {kind: json, url: "%s"}
                    models: [m]
                    slots: %d
                """
                        .formatted(gpu.endpoint(), gpu.sidecarUrl(), gpu.config().slots()));
    }

    /** How often each job's call was answered in full. */
    Map<String, Long> answered() {
        return gpu.callLog().calls().stream()
                .filter(call -> call.ending() == CallEnding.COMPLETED)
                .collect(Collectors.groupingBy(RealGpu::job, Collectors.counting()));
    }

    long started() {
        return gpu.callLog().started();
    }

    private static String job(CallRecord call) {
        return call.jobId().orElse("no job id");
    }

    @Override
    public void close() {
        gpu.close();
    }
}
