package io.kagu.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;

import io.kagu.bench.child.ChildLoop;
import io.kagu.bench.child.ProcessMemory;
import io.kagu.bench.core.Side;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Child process: one side, started and stopped as it is told. */
final class SideProcess {

    private final Side side;
    private AutoCloseable running = () -> {};

    private SideProcess(Side side) {
        this.side = side;
    }

    /** Argument: the side. */
    public static void main(String[] arguments) throws Exception {
        SideProcess process = new SideProcess(Side.valueOf(arguments[0]));
        ChildLoop.run(process::answer);
        process.running.close();
        // Nothing that was measured may keep the process.
        System.exit(0);
    }

    private List<String> answer(List<String> words) throws Exception {
        switch (words.getFirst()) {
            case "start" -> running = start(SideSetup.parse(words));
            case "stop" -> running.close();
            case "memory" -> {
                return ProcessMemory.answer();
            }
            case "cpu" -> {
                return List.of(Long.toString(cpuMicros()));
            }
            case "compiled" -> {
                return List.of(Long.toString(compiledMillis()));
            }
            default -> throw new IllegalArgumentException("unknown: " + words);
        }
        return List.of();
    }

    private static long cpuMicros() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return TimeUnit.NANOSECONDS.toMicros(system.getProcessCpuTime());
    }

    private static long compiledMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private AutoCloseable start(SideSetup setup) {
        return switch (side) {
            case KAGU -> KaguSide.start(setup);
            case BARE -> BareLoop.start(setup);
        };
    }
}
