package io.kagu.bench.pipeline;

import io.kagu.bench.core.Run;
import io.kagu.bench.core.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Sends the same jobs through Kagu and through a bare loop, in turn. */
public final class PipelineBench {

    private static final double HALF = 0.5;

    private final PipelineConfig config;
    private final Consumer<String> progress;
    private final List<Run> runs = new ArrayList<>();
    private double halfRate;

    /**
     * @param progress told after each run
     */
    public PipelineBench(PipelineConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @throws IllegalStateException if a job was lost or called twice: then no figure counts
     */
    public PipelineReport run() throws InterruptedException {
        MachineFacts machine = MachineFacts.now();
        try (Bench bench = Bench.start(GpuFleet.instant(config.slots()))) {
            progress.accept("logs, if anything fails: " + bench.file(""));
            for (int repeat = 1; repeat <= config.repeats(); repeat++) {
                add(new SideRun(config, bench, Side.KAGU, repeat).run(this::halfRate));
                add(new SideRun(config, bench, Side.BARE, repeat).run(this::halfRate));
            }
            bench.done();
        }
        return new PipelineReport(machine, config, halfRate, runs);
    }

    /** Half of what Kagu did first: one rate for all runs, or they could not be compared. */
    private double halfRate(double jobsPerSecond) {
        if (halfRate == 0) {
            halfRate = HALF * jobsPerSecond;
        }
        return halfRate;
    }

    private void add(Run run) {
        runs.add(run);
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s, repeat %d of %d: %.0f jobs/s",
                        run.side().word(),
                        run.repeat(),
                        config.repeats(),
                        run.jobsPerSecond()));
    }
}
