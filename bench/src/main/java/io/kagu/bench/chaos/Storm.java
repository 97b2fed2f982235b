package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Fault;
import io.kagu.bench.chaos.core.FaultSchedule;
import io.kagu.bench.chaos.core.Victim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Lets the faults of a schedule come at their times, those of different victims also at once. */
final class Storm implements AutoCloseable {

    private final FaultInjector injector;
    private final Witness witness;
    private final Consumer<String> progress;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Storm(FaultInjector injector, Witness witness, Consumer<String> progress) {
        this.injector = injector;
        this.witness = witness;
        this.progress = progress;
    }

    /** Begins; completes when the last fault is over, or fails as the first that could not be. */
    CompletableFuture<Void> begin(FaultSchedule schedule) {
        return CompletableFuture.runAsync(() -> run(schedule), threads);
    }

    /** A victim that is not itself again in time delays the next fault of its kind. */
    private void run(FaultSchedule schedule) {
        long start = System.nanoTime();
        Map<Victim, CompletableFuture<Void>> last = new EnumMap<>(Victim.class);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Fault fault : schedule.faults()) {
            sleepUntil(start + Duration.ofMillis(fault.atMillis()).toNanos());
            Victim victim = fault.kind().victim();
            CompletableFuture<Void> before =
                    last.getOrDefault(victim, CompletableFuture.completedFuture(null));
            CompletableFuture<Void> now = before.thenRunAsync(() -> happen(fault), threads);
            last.put(victim, now);
            all.add(now);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    }

    private void happen(Fault fault) {
        try {
            var incident = injector.happen(fault);
            witness.happened(incident);
            progress.accept(
                    "%s: %s %s"
                            .formatted(
                                    fault.kind().word(),
                                    incident.target().name(),
                                    incident.target().pools()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
