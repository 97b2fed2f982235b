package io.kagu.bench.pipeline;

import io.kagu.bench.child.Child;
import io.kagu.bench.core.BusyRun;
import io.kagu.bench.core.GpuCall;
import io.kagu.bench.core.Side;
import io.kagu.bench.core.SlotTime;
import io.kagu.bench.core.Timeline;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import java.time.Duration;
import java.util.List;

/**
 * One repeat: a dispatcher in a process of its own before a backlog that lasts longer than the
 * window in which the GPUs are watched.
 */
final class BusyWindow {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CHECK = Duration.ofMillis(50);

    private final BusyConfig config;
    private final Bench bench;
    private final int repeat;

    BusyWindow(BusyConfig config, Bench bench, int repeat) {
        this.config = config;
        this.bench = bench;
        this.repeat = repeat;
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException if too few calls begin, one fails, a job is called twice, a GPU
     *     gets more calls than it has slots, or no job is left: then no figure counts
     */
    BusyRun run() throws InterruptedException {
        String name = "busy" + repeat;
        SideSetup setup = bench.setup(name + ".");
        Timeline backlog = new Timeline(setup.prefix() + "backlog", config.jobs());
        BenchTopics.make(setup);
        load(setup, backlog);
        try (Child child =
                Child.start(SideProcess.class, bench.file(name + ".log"), Side.KAGU.name())) {
            long received = bench.callsReceived();
            child.ask(setup.words("start"));
            awaitCalls(received + 1);
            long begun = WallClock.micros();
            awaitCalls(received + config.firstCalls());
            Thread.sleep(Duration.ofSeconds(config.warmUpSeconds()));
            return watch(child, backlog, begun);
        }
    }

    private static void load(SideSetup setup, Timeline backlog) {
        KafkaClients clients = new KafkaClients(setup.kafka(), setup.topics());
        try (JobLoader loader = new JobLoader(clients, new Topics(setup.prefix()))) {
            loader.sendAll(backlog);
        }
    }

    private void awaitCalls(long wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (bench.callsReceived() < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the first calls did not begin");
            }
            Thread.sleep(CHECK);
        }
    }

    private BusyRun watch(Child child, Timeline backlog, long begun) throws InterruptedException {
        long cpuBefore = cpuMicros(child);
        long from = WallClock.micros();
        Thread.sleep(Duration.ofSeconds(config.seconds()));
        long to = WallClock.micros();
        double cores = (cpuMicros(child) - cpuBefore) / (double) (to - from);
        double load = MachineFacts.now().loadAverage();
        // A clean stop waits for the calls under way: a GPU tells of a call once it has ended.
        child.ask("stop");
        SlotTime.Fleet fleet = new SlotTime.Fleet(config.gpus(), config.slots());
        List<GpuCall> calls = calls(backlog);
        SlotTime cold = new SlotTime(fleet, begun, begun + to - from, calls);
        return BusyRun.of(repeat, cold, new SlotTime(fleet, from, to, calls), cores, load);
    }

    private List<GpuCall> calls(Timeline backlog) {
        List<GpuCall> calls = bench.calls(backlog);
        long completed =
                calls.stream().filter(GpuCall::completed).map(GpuCall::job).distinct().count();
        if (completed != calls.size() || completed == backlog.jobs()) {
            throw new IllegalStateException(
                    "%d calls completed %d jobs of %d"
                            .formatted(calls.size(), completed, backlog.jobs()));
        }
        return calls;
    }

    private static long cpuMicros(Child child) {
        return Long.parseLong(child.ask("cpu").getFirst());
    }
}
