package io.kagu.bench.soak;

import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.bench.soak.core.Sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sends many small jobs through real processes and watches their memory and disk meanwhile. */
public final class SoakBench {

    /** Without a job that ends for so long the run is given up. */
    private static final long STANDSTILL_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final SoakConfig config;
    private final Consumer<String> progress;

    /**
     * @param progress told of each sample
     */
    public SoakBench(SoakConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Runs everything.
     *
     * @throws IllegalStateException if jobs stop to end before the last one has
     */
    public SoakReport run() throws InterruptedException {
        MachineFacts machine = MachineFacts.now();
        Path folder = newFolder();
        progress.accept("logs, if anything fails: " + folder);
        SoakReport report;
        try (SoakStack stack = SoakStack.start(folder);
                SoakLoad load = new SoakLoad(config, stack.clients(), stack.names())) {
            long began = System.nanoTime();
            CompletableFuture<Void> sender = inBackground(load);
            List<Sample> samples = watch(load, new Gauges(stack));
            sender.join();
            double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
            report = new SoakReport(machine, config, seconds, samples);
        }
        clear(folder);
        return report;
    }

    private static CompletableFuture<Void> inBackground(SoakLoad load) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        load.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                Thread::startVirtualThread);
    }

    private List<Sample> watch(SoakLoad load, Gauges gauges) throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        int ended = -1;
        long moved = System.nanoTime();
        while (ended < config.jobs()) {
            int now = load.ended();
            if (now > ended) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STANDSTILL_NANOS) {
                throw new IllegalStateException("only %d jobs have ended".formatted(now));
            }
            ended = now;
            Sample sample = new Sample(ended, gauges.read());
            samples.add(sample);
            progress.accept(SoakReport.line(sample));
            TimeUnit.SECONDS.sleep(config.sampleSeconds());
        }
        return samples;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("kagu-soak");
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
