package io.kagu.bench.core;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure that is compared. */
public enum Metric {
    JOBS_PER_SECOND("throughput at saturation", "jobs/s", Run::jobsPerSecond),
    CPU_PER_JOB("CPU of its process per job", "us", Run::cpuMicrosPerJob),
    FIXED_CALL_P50("fixed rate: submit to call p50", "ms", r -> ms(r.atFixedRate().call().p50())),
    FIXED_CALL_P99("fixed rate: submit to call p99", "ms", r -> ms(r.atFixedRate().call().p99())),
    FIXED_END_P50("fixed rate: to completed p50", "ms", r -> ms(r.atFixedRate().completed().p50())),
    FIXED_END_P99("fixed rate: to completed p99", "ms", r -> ms(r.atFixedRate().completed().p99())),
    HALF_CALL_P50("half load: submit to call p50", "ms", r -> ms(r.atHalf().call().p50())),
    HALF_CALL_P99("half load: submit to call p99", "ms", r -> ms(r.atHalf().call().p99())),
    HALF_END_P50("half load: to completed p50", "ms", r -> ms(r.atHalf().completed().p50())),
    HALF_END_P99("half load: to completed p99", "ms", r -> ms(r.atHalf().completed().p99())),
    HEAP("heap after GC", "MiB", r -> mib(r.heapBytes())),
    RSS("resident memory", "MiB", r -> mib(r.rssBytes()));

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final String title;
    private final String unit;

    // Every function above is without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Run> value;

    Metric(String title, String unit, ToDoubleFunction<Run> value) {
        this.title = title;
        this.unit = unit;
        this.value = value;
    }

    /** What a table calls it. */
    public String title() {
        return title;
    }

    /** The unit of {@link #of}. */
    public String unit() {
        return unit;
    }

    /** What a file calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The figure of one run. */
    public double of(Run run) {
        return value.applyAsDouble(run);
    }

    private static double ms(long micros) {
        return micros / MICROS_PER_MILLI;
    }

    private static double mib(long bytes) {
        return bytes / BYTES_PER_MIB;
    }
}
