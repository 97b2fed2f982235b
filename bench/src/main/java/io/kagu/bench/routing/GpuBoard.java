package io.kagu.bench.routing;

import java.util.Arrays;
import java.util.List;

/** What a router knows of the fleet: its own jobs there, and each sidecar's newest numbers. */
final class GpuBoard {

    private static final SidecarNumbers IDLE = new SidecarNumbers(0, 0, 0);

    private final int[] outstanding;
    private final SidecarNumbers[] numbers;

    GpuBoard(List<FleetGpu> gpus) {
        outstanding = new int[gpus.size()];
        numbers = new SidecarNumbers[gpus.size()];
        Arrays.fill(numbers, IDLE);
    }

    void sent(FleetGpu gpu) {
        outstanding[gpu.index()]++;
    }

    void ended(FleetGpu gpu) {
        outstanding[gpu.index()]--;
    }

    void scraped(FleetGpu gpu, SidecarNumbers newest) {
        numbers[gpu.index()] = newest;
    }

    /** Jobs sent there that have not ended, by its slots. */
    double outstandingPerSlot(FleetGpu gpu) {
        return (double) outstanding[gpu.index()] / gpu.slots();
    }

    /** The load score of its newest numbers, however old they are. */
    double score(FleetGpu gpu) {
        return numbers[gpu.index()].score();
    }
}
