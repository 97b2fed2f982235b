package io.kagu.bench.pipeline;

import io.kagu.bench.child.Child;
import io.kagu.bench.core.GpuCall;
import io.kagu.bench.core.Timeline;
import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What both sides share: one broker and the GPUs, each in a process of its own, and a folder. */
final class Bench implements AutoCloseable {

    private static final int CALLS_REMEMBERED = 250_000;

    private final GpuFleet fleet;
    private final Path folder;
    private final EmbeddedBroker broker;
    private final Child gpus;
    private final List<URI> endpoints;
    private boolean done;

    private Bench(GpuFleet fleet, Path folder) {
        this.fleet = fleet;
        this.folder = folder;
        broker = EmbeddedBroker.start(BrokerConfig.in(folder.resolve("broker")).withPeakSpeed());
        gpus = Child.start(GpuProcess.class, file("gpus.log"), fleet.words(CALLS_REMEMBERED));
        endpoints = gpus.ask("endpoints").stream().map(URI::create).toList();
    }

    static Bench start(GpuFleet fleet) {
        try {
            return new Bench(fleet, Files.createTempDirectory("kagu-bench"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the benchmark", e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** What a side is told for a start under a new topic prefix. */
    SideSetup setup(String prefix) {
        Path stateDir = folder.resolve(prefix + "state");
        return new SideSetup(broker.bootstrapServers(), prefix, endpoints, fleet.slots(), stateDir);
    }

    /**
     * Notes in the timeline when a GPU got each call.
     *
     * @throws IllegalStateException if a job was not called once and once only
     */
    void readCalls(Timeline timeline) {
        for (GpuCall call : calls(timeline)) {
            timeline.job(call.job()).ifPresent(job -> timeline.called(job, call.began()));
        }
        if (timeline.calledOnce() != timeline.jobs()) {
            throw new IllegalStateException(
                    "%d of %d jobs of %s were called exactly once"
                            .formatted(timeline.calledOnce(), timeline.jobs(), timeline.tag()));
        }
    }

    /** Calls of a batch's jobs that have ended, in no order. */
    List<GpuCall> calls(Timeline timeline) {
        return gpus.ask("calls", timeline.tag()).stream().map(GpuProcess::call).toList();
    }

    /** Calls that the GPUs ever received. */
    long callsReceived() {
        return Long.parseLong(gpus.ask("received").getFirst());
    }

    /** All went well: nobody will want the logs. */
    void done() {
        done = true;
    }

    /** Stops what is shared; the folder stays unless all went well. */
    @Override
    public void close() {
        gpus.close();
        broker.close();
        if (done) {
            clear();
        }
    }

    private void clear() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }
}
