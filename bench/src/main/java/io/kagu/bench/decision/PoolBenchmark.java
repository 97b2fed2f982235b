package io.kagu.bench.decision;

import io.kagu.dispatcher.core.Lease;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.TimeUnit;

/** What JMH measures; {@link CoreBench} says for which sizes and how long. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolBenchmark {

    @Param("1000")
    private int waiting;

    @Param("3")
    private int gpus;

    @Param("1")
    private int tenants;

    @SuppressWarnings("NullAway.Init")
    private Backlog backlog;

    /** Once for each fork. */
    @Setup
    public void fill() {
        backlog = Backlog.of(new Backlog.Size(waiting, gpus, tenants));
    }

    /** The part of the decisions that the grants took. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Grants {

        /** Grants of an iteration. */
        public long grants;

        /** Nanoseconds of all of them. */
        public long grantNanos;
    }

    /** One end, one grant, one submission. */
    @Benchmark
    public Lease decision(Grants counted) {
        Lease lease = backlog.decide();
        counted.grants++;
        counted.grantNanos += backlog.grantNanos();
        return lease;
    }

    /** The position of one waiting job. */
    @Benchmark
    public long rank() {
        return backlog.rank();
    }
}
