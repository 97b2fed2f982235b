package io.kagu.bench.status;

import io.kagu.bench.child.Child;
import io.kagu.bench.status.core.Answerer;
import io.kagu.bench.status.core.NumberedJobs;
import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A broker, two status-apis and a server that answers a constant, all processes of their own. */
final class StatusStack implements AutoCloseable {

    private final Path folder;
    private final EmbeddedBroker broker;
    private final List<AutoCloseable> parts = new ArrayList<>();

    private StatusStack(Path folder) {
        this.folder = folder;
        this.broker =
                EmbeddedBroker.start(BrokerConfig.in(folder.resolve("broker")).withPeakSpeed());
    }

    static StatusStack start() {
        try {
            return new StatusStack(Files.createTempDirectory("kagu-status"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the benchmark", e);
        }
    }

    Path folder() {
        return folder;
    }

    /** A status-api that has folded so many jobs and answers rightly. */
    FilledStore store(Answerer answerer, int count) throws InterruptedException {
        String name = answerer == Answerer.LARGE_STORE ? "large" : "small";
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        FilledStore store =
                FilledStore.start(
                        broker.bootstrapServers(), name, new NumberedJobs(count, now), folder);
        parts.add(store);
        store.fill();
        store.check();
        return store;
    }

    /** A server whose every answer are these bytes. */
    URI constant(byte[] answer) {
        Path file = folder.resolve("constant.json");
        try {
            Files.write(file, answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        Child child =
                Child.start(ConstantProcess.class, folder.resolve("constant.log"), file.toString());
        parts.add(child);
        return URI.create(child.ask("address").getFirst());
    }

    /** All went well: nobody will want the logs. */
    void clear() {
        close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a process did not end", e);
            }
        }
        parts.clear();
        broker.kill();
    }
}
