package io.kagu.bench.pipeline;

import io.kagu.bench.core.BusyRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Lets Kagu keep simulated GPUs busy from a backlog that does not end, and asks them. */
public final class BusyBench {

    private final BusyConfig config;
    private final Consumer<String> progress;

    /**
     * @param progress told after each repeat
     */
    public BusyBench(BusyConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @throws IllegalStateException if a job was called twice or no job was left in the end: then
     *     no figure counts
     */
    public BusyReport run() throws InterruptedException {
        MachineFacts machine = MachineFacts.now();
        List<BusyRun> runs = new ArrayList<>();
        try (Bench bench = Bench.start(config.fleet())) {
            progress.accept("logs, if anything fails: " + bench.file(""));
            for (int repeat = 1; repeat <= config.repeats(); repeat++) {
                BusyRun run = new BusyWindow(config, bench, repeat).run();
                runs.add(run);
                progress.accept(line(run));
            }
            bench.done();
        }
        return new BusyReport(machine, config, runs);
    }

    private String line(BusyRun run) {
        return String.format(
                Locale.ROOT,
                "repeat %d of %d: busy %.4f",
                run.repeat(),
                config.repeats(),
                run.busyShare());
    }
}
