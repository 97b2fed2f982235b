package io.kagu.bench.pipeline;

import io.kagu.bench.child.Child;
import io.kagu.bench.core.Timeline;
import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What both sides share: one broker and one GPU, each in a process of its own, and a folder. */
final class Bench implements AutoCloseable {

    private static final int CALLS_REMEMBERED = 250_000;

    private final int slots;
    private final Path folder;
    private final EmbeddedBroker broker;
    private final Child gpu;
    private final URI endpoint;
    private boolean done;

    private Bench(int slots, Path folder) {
        this.slots = slots;
        this.folder = folder;
        broker = EmbeddedBroker.start(BrokerConfig.in(folder.resolve("broker")).withPeakSpeed());
        gpu = Child.start(GpuProcess.class, file("gpu.log"), Integer.toString(CALLS_REMEMBERED));
        endpoint = URI.create(gpu.ask("endpoint").getFirst());
    }

    static Bench start(int slots) {
        try {
            return new Bench(slots, Files.createTempDirectory("kagu-bench"));
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
        return new SideSetup(broker.bootstrapServers(), prefix, endpoint, slots, stateDir);
    }

    /**
     * Notes in the timeline when the GPU got each call.
     *
     * @throws IllegalStateException if a job was not called once and once only
     */
    void readCalls(Timeline timeline) {
        for (String line : gpu.ask("calls", timeline.tag())) {
            int space = line.indexOf(' ');
            long micros = Long.parseLong(line.substring(space + 1));
            timeline.job(line.substring(0, space)).ifPresent(job -> timeline.called(job, micros));
        }
        if (timeline.calledOnce() != timeline.jobs()) {
            throw new IllegalStateException(
                    "%d of %d jobs of %s were called exactly once"
                            .formatted(timeline.calledOnce(), timeline.jobs(), timeline.tag()));
        }
    }

    /** All went well: nobody will want the logs. */
    void done() {
        done = true;
    }

    /** Stops what is shared; the folder stays unless all went well. */
    @Override
    public void close() {
        gpu.close();
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
