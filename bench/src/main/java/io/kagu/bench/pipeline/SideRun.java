package io.kagu.bench.pipeline;

import io.kagu.bench.child.Child;
import io.kagu.bench.child.ProcessMemory;
import io.kagu.bench.core.Latency;
import io.kagu.bench.core.Run;
import io.kagu.bench.core.Side;
import io.kagu.bench.core.Timeline;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;

/**
 * One side in one repeat, in a process of its own: warm-up on topics of its own, the backlog, and
 * the two latencies on what is then running.
 */
final class SideRun {

    /** A start anew makes the JVM compile much anew: the measured one must not be the first. */
    private static final int LEAST_WARM_UPS = 3;

    private static final int MOST_WARM_UPS = 8;

    /** A process is warm once its compilers work for less than this share of the time. */
    private static final double WARM = 0.1;

    private final PipelineConfig config;
    private final Bench bench;
    private final Side side;
    private final int repeat;

    SideRun(PipelineConfig config, Bench bench, Side side, int repeat) {
        this.config = config;
        this.bench = bench;
        this.side = side;
        this.repeat = repeat;
    }

    /**
     * Measures.
     *
     * @param halfRate jobs per second of the second latency, given this run's throughput
     */
    Run run(DoubleUnaryOperator halfRate) throws InterruptedException {
        String name = side.word() + repeat;
        try (Child child = Child.start(SideProcess.class, bench.file(name + ".log"), side.name())) {
            warmUp(child, name);
            SideSetup setup = bench.setup(name + ".");
            long cpuBefore = number(child, "cpu");
            double rate = backlog(child, setup, config.jobs());
            double cpu = (number(child, "cpu") - cpuBefore) / (double) config.jobs();
            ProcessMemory memory = ProcessMemory.parse(child.ask("memory"));
            Latency fixed = latency(setup, "fixed", config.rate());
            Latency half = latency(setup, "half", halfRate.applyAsDouble(rate));
            child.ask("stop");
            return new Run(
                    side, repeat, rate, cpu, fixed, half, memory.heapBytes(), memory.rssBytes());
        }
    }

    private void warmUp(Child child, String name) throws InterruptedException {
        boolean warm = false;
        for (int round = 1; round <= MOST_WARM_UPS && !warm; round++) {
            long compiledBefore = number(child, "compiled");
            long began = System.nanoTime();
            backlog(child, bench.setup(name + "-warm" + round + "."), config.warmUpJobs());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            long compiled = number(child, "compiled") - compiledBefore;
            warm = round >= LEAST_WARM_UPS && compiled < WARM * millis;
            child.ask("stop");
        }
    }

    private static long number(Child child, String question) {
        return Long.parseLong(child.ask(question).getFirst());
    }

    /** Jobs per second from the first call to the last response, all jobs waiting beforehand. */
    private double backlog(Child child, SideSetup setup, int jobs) throws InterruptedException {
        BenchTopics.make(setup);
        Timeline timeline = new Timeline(setup.prefix() + "backlog", jobs);
        KafkaClients clients = new KafkaClients(setup.kafka(), setup.topics());
        Topics topics = new Topics(setup.prefix());
        try (JobLoader loader = new JobLoader(clients, topics);
                ResultWatch results = ResultWatch.begin(clients, topics, timeline)) {
            loader.sendAll(timeline);
            child.ask(setup.words("start"));
            results.awaitAll();
        }
        bench.readCalls(timeline);
        return jobs / timeline.seconds();
    }

    private Latency latency(SideSetup setup, String phase, double rate)
            throws InterruptedException {
        int jobs = (int) Math.max(1, rate * config.latencySeconds());
        Timeline timeline = new Timeline(setup.prefix() + phase, jobs);
        KafkaClients clients = new KafkaClients(setup.kafka(), setup.topics());
        Topics topics = new Topics(setup.prefix());
        try (JobLoader loader = new JobLoader(clients, topics);
                ResultWatch results = ResultWatch.begin(clients, topics, timeline)) {
            loader.sendPaced(timeline, rate);
            results.awaitAll();
        }
        bench.readCalls(timeline);
        return timeline.latency();
    }
}
