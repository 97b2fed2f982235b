package io.kagu.bench.pipeline;

import io.kagu.bench.child.ChildLoop;
import io.kagu.local.gpu.CallRecord;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import java.util.List;

/** Child process: one instant GPU that serves both sides and notes when each call arrived. */
final class GpuProcess {

    /** The name of the GPU. */
    static final String NAME = "bench-gpu";

    /** What it serves. */
    static final String MODEL = "bench-model";

    private GpuProcess() {}

    /** Argument: how many calls to remember. */
    public static void main(String[] arguments) throws Exception {
        SimulatedGpuConfig config =
                SimulatedGpuConfig.instant(NAME, MODEL)
                        .withSlots(10_000)
                        .withCallLogLimit(Integer.parseInt(arguments[0]));
        try (SimulatedGpu gpu = SimulatedGpu.start(config)) {
            ChildLoop.run(words -> answer(gpu, words));
        }
    }

    private static List<String> answer(SimulatedGpu gpu, List<String> words) {
        return switch (words.getFirst()) {
            case "endpoint" -> List.of(gpu.endpoint());
            case "calls" -> calls(gpu, words.get(1));
            default -> throw new IllegalArgumentException("unknown: " + words);
        };
    }

    private static List<String> calls(SimulatedGpu gpu, String prefix) {
        return gpu.callLog().calls().stream()
                .filter(call -> call.jobId().orElse("").startsWith(prefix))
                .map(GpuProcess::line)
                .toList();
    }

    private static String line(CallRecord call) {
        return call.jobId().orElseThrow() + " " + WallClock.micros(call.startedAt());
    }
}
