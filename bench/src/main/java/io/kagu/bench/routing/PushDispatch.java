package io.kagu.bench.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** Sends each job to a GPU the moment it arrives; it waits in that GPU's queue. */
final class PushDispatch implements Dispatch {

    /** First come, first served. */
    static final Comparator<FleetJob> FIFO = Comparator.comparingInt(FleetJob::index);

    /** By lane, then first come, first served. */
    static final Comparator<FleetJob> BY_LANE =
            Comparator.comparing(FleetJob::lane).thenComparing(FIFO);

    private final Workload workload;
    private final GpuChoice choice;
    private final GpuBoard board;
    private final List<Queue<FleetJob>> queues = new ArrayList<>();
    private final int[] running;

    PushDispatch(Workload workload, GpuChoice choice, Comparator<FleetJob> order) {
        this.workload = workload;
        this.choice = choice;
        board = new GpuBoard(workload.gpus());
        workload.gpus().forEach(gpu -> queues.add(new PriorityQueue<>(order)));
        running = new int[workload.gpus().size()];
    }

    @Override
    public void arrived(FleetJob job, long now) {
        FleetGpu gpu = choice.choose(job, workload.serving(job.model()), board);
        board.sent(gpu);
        queues.get(gpu.index()).add(job);
    }

    @Override
    public void ended(Placement call, long now) {
        board.ended(call.gpu());
        running[call.gpu().index()]--;
    }

    @Override
    public void scraped(FleetGpu gpu, SidecarNumbers numbers, long now) {
        board.scraped(gpu, numbers);
    }

    @Override
    public Optional<Placement> next(long now) {
        for (FleetGpu gpu : workload.gpus()) {
            Queue<FleetJob> queue = queues.get(gpu.index());
            if (running[gpu.index()] < gpu.slots() && !queue.isEmpty()) {
                running[gpu.index()]++;
                return Optional.of(new Placement(queue.remove(), gpu));
            }
        }
        return Optional.empty();
    }
}
