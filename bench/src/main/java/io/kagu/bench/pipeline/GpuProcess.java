package io.kagu.bench.pipeline;

import io.kagu.bench.child.ChildLoop;
import io.kagu.bench.core.GpuCall;
import io.kagu.local.gpu.CallEnding;
import io.kagu.local.gpu.CallRecord;
import io.kagu.local.gpu.SimulatedGpu;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Child process: the GPUs of a benchmark, which note when each call began and ended. */
final class GpuProcess {

    /** What all of them serve. */
    static final String MODEL = "bench-model";

    private final List<SimulatedGpu> gpus;

    private GpuProcess(List<SimulatedGpu> gpus) {
        this.gpus = gpus;
    }

    /** Arguments: the fleet, and how many calls each GPU remembers. */
    public static void main(String[] arguments) throws Exception {
        GpuFleet fleet = GpuFleet.parse(arguments);
        int remembered = Integer.parseInt(arguments[arguments.length - 1]);
        List<SimulatedGpu> gpus =
                IntStream.range(0, fleet.gpus())
                        .mapToObj(fleet::config)
                        .map(config -> SimulatedGpu.start(config.withCallLogLimit(remembered)))
                        .toList();
        ChildLoop.run(new GpuProcess(gpus)::answer);
        gpus.forEach(SimulatedGpu::close);
    }

    /** The name of a GPU. */
    static String name(int number) {
        return "bench-gpu-" + number;
    }

    /** Reads a line of the answer to {@code calls}. */
    static GpuCall call(String line) {
        String[] words = line.split(" ", -1);
        return new GpuCall(
                words[0],
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Boolean.parseBoolean(words[4]));
    }

    private List<String> answer(List<String> words) {
        return switch (words.getFirst()) {
            case "endpoints" -> gpus.stream().map(SimulatedGpu::endpoint).toList();
            case "received" -> List.of(Long.toString(received()));
            case "calls" -> calls(words.get(1));
            default -> throw new IllegalArgumentException("unknown: " + words);
        };
    }

    private long received() {
        return gpus.stream().mapToLong(gpu -> gpu.callLog().started()).sum();
    }

    private List<String> calls(String prefix) {
        return IntStream.range(0, gpus.size())
                .boxed()
                .flatMap(number -> calls(number, prefix))
                .toList();
    }

    private Stream<String> calls(int number, String prefix) {
        return gpus.get(number).callLog().calls().stream()
                .filter(call -> call.jobId().orElse("").startsWith(prefix))
                .map(call -> line(number, call));
    }

    private static String line(int number, CallRecord call) {
        return "%s %d %d %d %s"
                .formatted(
                        call.jobId().orElseThrow(),
                        number,
                        WallClock.micros(call.startedAt()),
                        WallClock.micros(call.endedAt()),
                        call.ending() == CallEnding.COMPLETED);
    }
}
