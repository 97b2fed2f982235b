package io.kagu.bench.decision;

import io.kagu.bench.decision.Backlog.Size;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Measures the core's decisions, one size after the other. */
public final class CoreBench {

    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";
    private static final double FIRST_QUARTILE = 25;
    private static final double MEDIAN = 50;
    private static final double THIRD_QUARTILE = 75;

    /** The collector is the services' own, see the launcher; libraries may not log at each call. */
    private static final String[] JVM = {
        "-Xms3g",
        "-Xmx3g",
        "-XX:+UseSerialGC",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlogback.configurationFile=io/kagu/bench/child-logback.xml"
    };

    private final CoreConfig config;
    private final Consumer<String> progress;

    /**
     * @param progress told after each size
     */
    public CoreBench(CoreConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Measures everything.
     *
     * @throws IllegalStateException if a measurement failed
     */
    public CoreReport run() {
        return new CoreReport(
                config, measure("decision", config.decisions()), measure("rank", config.ranks()));
    }

    private List<Cost> measure(String operation, List<Size> sizes) {
        List<Cost> costs = new ArrayList<>();
        for (Size size : sizes) {
            Cost cost = measure(operation, size);
            costs.add(cost);
            progress.accept(
                    String.format(
                            Locale.ROOT,
                            "%s, %d of %d: %d waiting, %d GPUs, %d tenants: %.0f ns",
                            operation,
                            costs.size(),
                            sizes.size(),
                            size.waiting(),
                            size.gpus(),
                            size.tenants(),
                            cost.nanos()));
        }
        return costs;
    }

    private Cost measure(String operation, Size size) {
        try {
            RunResult result = new Runner(options(operation, size)).runSingle();
            Statistics iterations = result.getPrimaryResult().getStatistics();
            return new Cost(
                    size,
                    iterations.getPercentile(MEDIAN),
                    (iterations.getPercentile(THIRD_QUARTILE)
                                    - iterations.getPercentile(FIRST_QUARTILE))
                            / 2,
                    secondary(result, BYTES_PER_OPERATION),
                    grantNanos(result));
        } catch (RunnerException e) {
            throw new IllegalStateException("cannot measure " + size, e);
        }
    }

    private static double grantNanos(RunResult result) {
        return result.getSecondaryResults().containsKey("grants")
                ? secondary(result, "grantNanos") / secondary(result, "grants")
                : 0;
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
    }

    private Options options(String operation, Size size) {
        return new OptionsBuilder()
                .include(PoolBenchmark.class.getName() + "." + operation + "$")
                .param("waiting", Integer.toString(size.waiting()))
                .param("gpus", Integer.toString(size.gpus()))
                .param("tenants", Integer.toString(size.tenants()))
                .forks(config.forks())
                .warmupIterations(config.warmUps())
                .warmupTime(TimeValue.milliseconds(config.iterationMillis()))
                .measurementIterations(config.iterations())
                .measurementTime(TimeValue.milliseconds(config.iterationMillis()))
                .jvmArgs(JVM)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
