package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Evidence;
import io.kagu.bench.chaos.core.FaultSchedule;
import io.kagu.bench.chaos.core.Finding;
import io.kagu.bench.chaos.core.Guarantee;
import io.kagu.bench.chaos.core.JobMix;
import io.kagu.bench.chaos.core.Recovery;
import io.kagu.bench.pipeline.MachineFacts;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs Kagu as real processes, hurts them while jobs come, and judges by the topics and the GPUs'
 * own logs whether the guarantees held.
 */
public final class ChaosBench {

    private static final String BEFORE = "chaos-0";
    private static final String STORM = "chaos-1";
    private static final String AFTER = "chaos-2";
    private static final int WINDOWS = 3;

    /** Jobs come for so long after the last fault: what it hit comes back meanwhile. */
    private static final long CALM_MILLIS = 20_000;

    private static final Duration CHECK = Duration.ofMillis(50);

    /** Without any job that ends for so long, those left are judged as they are. */
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final ChaosConfig config;
    private final Consumer<String> progress;

    /**
     * @param progress told of each step and fault
     */
    public ChaosBench(ChaosConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /** Runs everything; takes as long as the schedule and some minutes. */
    public ChaosReport run() throws InterruptedException {
        MachineFacts machine = MachineFacts.now();
        Path folder = newFolder();
        progress.accept("logs, if anything fails: " + folder);
        ChaosReport report;
        try (ChaosStack stack = ChaosStack.start(config.size(), folder);
                Witness witness = new Witness(stack.clients(), stack.topics());
                JobStream jobs =
                        new JobStream(stack, new JobMix(config.seed(), stack.plan()), witness)) {
            progress.accept("started");
            measure(BEFORE, jobs, witness);
            storm(stack, jobs, witness);
            measure(AFTER, jobs, witness);
            report = judge(machine, stack, witness);
        }
        if (report.held()) {
            clear(folder);
        }
        return report;
    }

    /** A warm-up and the windows, each a crowd of jobs that arrive at once. */
    private void measure(String prefix, JobStream jobs, Witness witness)
            throws InterruptedException {
        for (int window = 0; window <= WINDOWS; window++) {
            jobs.send(window(prefix, window), config.jobsOfWindow(), 0);
            awaitEnds(witness);
        }
        progress.accept("throughput measured");
    }

    private static String window(String prefix, int number) {
        return prefix + "-" + number;
    }

    private void storm(ChaosStack stack, JobStream jobs, Witness witness)
            throws InterruptedException {
        FaultSchedule schedule = config.schedule();
        try (InputFaults input = new InputFaults(stack, jobs, witness);
                Storm storm = new Storm(new FaultInjector(stack, input), witness, progress)) {
            CompletableFuture<Void> over = storm.begin(schedule);
            jobs.send(STORM, config.jobs(), schedule.millis() + CALM_MILLIS);
            over.join();
        }
        awaitEnds(witness);
        progress.accept("the storm is over, every job has ended or nothing moves any more");
    }

    private static void awaitEnds(Witness witness) throws InterruptedException {
        int left = witness.underway();
        long end = System.nanoTime() + STANDSTILL.toNanos();
        while (left > 0 && System.nanoTime() < end) {
            Thread.sleep(CHECK);
            int now = witness.underway();
            if (now != left) {
                left = now;
                end = System.nanoTime() + STANDSTILL.toNanos();
            }
        }
    }

    private ChaosReport judge(MachineFacts machine, ChaosStack stack, Witness witness)
            throws InterruptedException {
        Evidence evidence = witness.evidence(stack.plan(), stack.fleet().calls());
        List<Finding> findings = new ArrayList<>();
        Guarantee.ALL.forEach(guarantee -> findings.add(guarantee.judge(evidence)));
        findings.add(new StatusTruth(stack.statusApis()).judge(evidence));
        Recovery storm = new Recovery(evidence.of(STORM));
        return new ChaosReport(
                machine,
                config,
                evidence.incidents(),
                findings,
                new ChaosReport.Figures(
                        storm.takeovers(),
                        storm.scaleIns(),
                        storm.scaleOuts(),
                        rates(evidence, BEFORE),
                        rates(evidence, AFTER),
                        spilled(stack)));
    }

    /** Records in the topic of assignments. */
    private static long spilled(ChaosStack stack) throws InterruptedException {
        String topic = stack.topics().assignments();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < stack.topicConfig().partitions(); partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try (Admin admin = stack.clients().admin("spilled")) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot count the spilled calls", e.getCause());
        }
    }

    private static List<Double> rates(Evidence evidence, String prefix) {
        Recovery recovery = new Recovery(evidence);
        return IntStream.rangeClosed(1, WINDOWS)
                .mapToObj(window -> recovery.callsPerSecond(window(prefix, window)))
                .toList();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("kagu-chaos");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the run", e);
        }
    }

    private static void clear(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }
}
