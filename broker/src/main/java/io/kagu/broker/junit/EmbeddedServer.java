package io.kagu.broker.junit;

import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The embedded broker with its data in a temporary folder. */
final class EmbeddedServer implements KafkaServer {

    private final EmbeddedBroker broker;
    private final Path folder;

    private EmbeddedServer(EmbeddedBroker broker, Path folder) {
        this.broker = broker;
        this.folder = folder;
    }

    static EmbeddedServer start() {
        try {
            Path folder = Files.createTempDirectory("kagu-test-kafka");
            // The data is thrown away: no need to force it to disk.
            BrokerConfig config =
                    BrokerConfig.in(folder)
                            .withProperty("log.flush.interval.ms", "3600000")
                            .withProperty("log.flush.scheduler.interval.ms", "3600000");
            return new EmbeddedServer(EmbeddedBroker.start(config), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public String description() {
        return "embedded broker, process " + broker.pid();
    }

    @Override
    public void close() {
        broker.kill();
        try {
            deleteFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteFolder() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
