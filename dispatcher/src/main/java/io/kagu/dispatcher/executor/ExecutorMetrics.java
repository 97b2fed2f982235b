package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times an executor's calls. */
final class ExecutorMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder ended = new LongAdder();
    private final Counter overBudget;
    private final Counter tooLate;
    private final ConcurrentMap<Ending, Timer> timers = new ConcurrentHashMap<>();

    /** What calls are told apart by: few values each. */
    private record Ending(String gpu, String outcome) {}

    ExecutorMetrics(MeterRegistry registry, int callBudget, String incarnation) {
        this.registry = registry;
        this.overBudget =
                Counter.builder("kagu.executor.calls.over.budget")
                        .description("Calls taken although the budget was used up")
                        .register(registry);
        this.tooLate =
                Counter.builder("kagu.executor.assignments.late")
                        .description("Spilled calls that came too late to begin")
                        .register(registry);
        Gauge.builder("kagu.executor.info", () -> 1)
                .description("Tells which incarnation this is, as attempts and heartbeats name it")
                .tag("incarnation", incarnation)
                .register(registry);
        registry.gauge("kagu.executor.calls.running", running);
        registry.gauge("kagu.executor.calls.budget", this, metrics -> callBudget);
    }

    /** A call begins; returns how many run now. */
    int began() {
        return running.incrementAndGet();
    }

    void overBudget() {
        overBudget.increment();
    }

    void tooLate() {
        tooLate.increment();
    }

    /** A call ended. */
    void ended(String gpu, Outcome outcome, long nanos) {
        running.decrementAndGet();
        ended.increment();
        timers.computeIfAbsent(new Ending(gpu, outcome.word()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Calls that ended since the start. */
    long endedTotal() {
        return ended.sum();
    }

    private Timer timer(Ending ending) {
        return Timer.builder("kagu.executor.calls")
                .description("Time of calls to GPU servers")
                .tag("gpu", ending.gpu())
                .tag("outcome", ending.outcome())
                .register(registry);
    }
}
