package io.kagu.bench.pipeline;

import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpuConfig;

import java.time.Duration;

/**
 * The simulated GPUs of a benchmark, all alike.
 *
 * @param slots of each
 * @param callMillis how long every call takes; 0 for an answer at once
 */
record GpuFleet(int gpus, int slots, int callMillis) {

    /** More than any benchmark calls at a time: the side, not the GPU, keeps to the slots. */
    private static final int SLOTS_OF_INSTANT_GPU = 10_000;

    /** One GPU that answers at once. */
    static GpuFleet instant(int slots) {
        return new GpuFleet(1, slots, 0);
    }

    String[] words(int callsRemembered) {
        return new String[] {
            Integer.toString(gpus),
            Integer.toString(slots),
            Integer.toString(callMillis),
            Integer.toString(callsRemembered)
        };
    }

    static GpuFleet parse(String[] words) {
        return new GpuFleet(
                Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    SimulatedGpuConfig config(int number) {
        String name = GpuProcess.name(number);
        return callMillis == 0
                ? SimulatedGpuConfig.instant(name, GpuProcess.MODEL).withSlots(SLOTS_OF_INSTANT_GPU)
                : SimulatedGpuConfig.of(name, GpuProcess.MODEL)
                        .withSlots(slots)
                        .withServiceTime(ServiceTime.fixed(Duration.ofMillis(callMillis)));
    }
}
