package io.kagu.bench.routing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What really goes on in the fleet: calls, waiting jobs, and slots that idle beside them. */
final class FleetState {

    private static final double PERCENT = 100;

    private final List<FleetGpu> gpus;
    private final int[] running;
    private final Thermometer[] heat;
    private final Map<String, Integer> waitingByModel = new TreeMap<>();
    private int waiting;
    private long now;
    private long idleMillis;

    FleetState(List<FleetGpu> gpus) {
        this.gpus = gpus;
        running = new int[gpus.size()];
        heat = new Thermometer[gpus.size()];
        for (int index = 0; index < heat.length; index++) {
            heat[index] = new Thermometer();
        }
    }

    /** Time passes in which nothing happens. */
    void passTo(long then) {
        idleMillis += (then - now) * idleSlots();
        now = then;
    }

    /** Free slots that some waiting job could use, at most as many as jobs wait. */
    private int idleSlots() {
        int idle = 0;
        for (FleetGpu gpu : gpus) {
            int free = gpu.slots() - running[gpu.index()];
            if (free > 0 && gpu.models().stream().anyMatch(waitingByModel::containsKey)) {
                idle += free;
            }
        }
        return Math.min(idle, waiting);
    }

    void arrived(FleetJob job) {
        waiting++;
        waitingByModel.merge(job.model(), 1, Integer::sum);
    }

    void started(Placement call) {
        FleetGpu gpu = call.gpu();
        if (!gpu.serves(call.job().model()) || running[gpu.index()] == gpu.slots()) {
            throw new IllegalStateException(call + " cannot begin");
        }
        running[gpu.index()]++;
        waiting--;
        waitingByModel.computeIfPresent(
                call.job().model(), (model, count) -> count == 1 ? null : count - 1);
    }

    void ended(Placement call) {
        running[call.gpu().index()]--;
    }

    /** What a GPU's sidecar says now. */
    SidecarNumbers numbers(FleetGpu gpu, long at) {
        double use = (double) running[gpu.index()] / gpu.slots();
        double vram = gpu.modelVramPercent() + use * (PERCENT - gpu.modelVramPercent());
        return new SidecarNumbers(
                (int) Math.round(PERCENT * use),
                (int) Math.round(vram),
                heat[gpu.index()].read(use, at));
    }

    /** Slot-milliseconds that were free while jobs waited that could have used them. */
    long idleMillis() {
        return idleMillis;
    }
}
