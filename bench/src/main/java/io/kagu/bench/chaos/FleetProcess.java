package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;
import io.kagu.bench.chaos.core.SeenCall;
import io.kagu.bench.child.ChildLoop;
import io.kagu.bench.pipeline.WallClock;
import io.kagu.local.gpu.CallEnding;
import io.kagu.local.gpu.CallRecord;
import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Child process: the GPUs of a chaos run, each with a log of the calls that it got. */
final class FleetProcess {

    private static final int CALLS_REMEMBERED = 1_000_000;

    /**
     * 200 to 600 ms: the GPUs are what is scarce, as in a fleet. Shorter calls would keep the
     * processors busy, and every pause would tell how many threads wait for them.
     */
    private static final ServiceTime SERVICE =
            new ServiceTime(Duration.ofMillis(400), Duration.ZERO, Duration.ZERO, 0.5);

    private final List<SimulatedGpu> gpus;

    private FleetProcess(List<SimulatedGpu> gpus) {
        this.gpus = gpus;
    }

    /** Arguments: the pools. */
    public static void main(String[] pools) throws Exception {
        List<SimulatedGpu> gpus =
                FleetPlan.of(List.of(pools)).gpus().stream()
                        .map(planned -> SimulatedGpu.start(config(planned)))
                        .toList();
        ChildLoop.run(new FleetProcess(gpus)::answer);
        gpus.forEach(SimulatedGpu::close);
    }

    private static SimulatedGpuConfig config(PlannedGpu planned) {
        return SimulatedGpuConfig.of(planned.name(), planned.models().toArray(String[]::new))
                .withSlots(planned.slots())
                .withServiceTime(SERVICE)
                .withCallLogLimit(CALLS_REMEMBERED);
    }

    /** Reads a line of the answer to {@code calls}. */
    static SeenCall call(String line) {
        String[] words = line.split(" ", -1);
        return new SeenCall(
                words[0],
                Integer.parseInt(words[1]),
                words[2],
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                CallEnding.valueOf(words[5]));
    }

    private List<String> answer(List<String> words) {
        return switch (words.getFirst()) {
            case "gpus" -> gpus.stream().map(FleetProcess::line).toList();
            case "calls" -> gpus.stream().flatMap(FleetProcess::calls).toList();
            default -> throw new IllegalArgumentException("unknown: " + words);
        };
    }

    private static String line(SimulatedGpu gpu) {
        return "%s %s %s".formatted(gpu.config().name(), gpu.endpoint(), gpu.controlUrl());
    }

    private static Stream<String> calls(SimulatedGpu gpu) {
        String name = gpu.config().name();
        return gpu.callLog().calls().stream()
                .filter(call -> call.jobId().isPresent())
                .map(call -> line(name, call));
    }

    private static String line(String gpu, CallRecord call) {
        return "%s %d %s %d %d %s"
                .formatted(
                        call.jobId().orElseThrow(),
                        call.attempt().orElse(0),
                        gpu,
                        WallClock.micros(call.startedAt()),
                        WallClock.micros(call.endedAt()),
                        call.ending());
    }
}
