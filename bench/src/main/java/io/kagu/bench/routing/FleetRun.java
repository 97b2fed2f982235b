package io.kagu.bench.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * One contender's run through a workload, from the first arrival to the last end. Checks what no
 * contender may do: oversell a slot, call a GPU without the model, or begin a job twice.
 */
final class FleetRun {

    private static final long SCRAPE_MILLIS = 1_000;

    private final Workload workload;
    private final Dispatch dispatch;
    private final FleetState fleet;
    private final Queue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final long[] startedAt;
    private long order;
    private long endedAt;
    private int left;

    private record Event(long at, long order, Happening what) {}

    private sealed interface Happening {}

    private record Arrives(FleetJob job) implements Happening {}

    private record Ends(Placement call) implements Happening {}

    private record IsScraped(FleetGpu gpu) implements Happening {}

    private FleetRun(Workload workload, Dispatch dispatch) {
        this.workload = workload;
        this.dispatch = dispatch;
        fleet = new FleetState(workload.gpus());
        startedAt = new long[workload.jobs().size()];
        Arrays.fill(startedAt, -1);
        left = startedAt.length;
    }

    /** Runs it all. */
    static Figures of(Workload workload, Dispatch dispatch) {
        FleetRun run = new FleetRun(workload, dispatch);
        run.begin();
        run.run();
        return Figures.of(workload, run.startedAt, run.endedAt, run.fleet.idleMillis());
    }

    private void begin() {
        for (FleetJob job : workload.jobs()) {
            add(job.arrivesAt(), new Arrives(job));
        }
        int gpus = workload.gpus().size();
        for (FleetGpu gpu : workload.gpus()) {
            add(SCRAPE_MILLIS * gpu.index() / gpus, new IsScraped(gpu));
        }
    }

    private void run() {
        while (left > 0) {
            Event event = events.remove();
            fleet.passTo(event.at());
            happen(event.what(), event.at());
            startAll(event.at());
        }
    }

    private void happen(Happening what, long now) {
        switch (what) {
            case Arrives(var job) -> {
                fleet.arrived(job);
                dispatch.arrived(job, now);
            }
            case Ends(var call) -> {
                fleet.ended(call);
                dispatch.ended(call, now);
                endedAt = now;
                left--;
            }
            case IsScraped(var gpu) -> {
                dispatch.scraped(gpu, fleet.numbers(gpu, now), now);
                add(now + SCRAPE_MILLIS, what);
            }
        }
    }

    private void startAll(long now) {
        Optional<Placement> next = dispatch.next(now);
        while (next.isPresent()) {
            start(next.get(), now);
            next = dispatch.next(now);
        }
    }

    private void start(Placement call, long now) {
        int job = call.job().index();
        if (startedAt[job] >= 0) {
            throw new IllegalStateException("job " + job + " began twice");
        }
        startedAt[job] = now;
        fleet.started(call);
        add(now + call.gpu().serviceMillis(call.job()), new Ends(call));
    }

    private void add(long at, Happening what) {
        events.add(new Event(at, order++, what));
    }
}
