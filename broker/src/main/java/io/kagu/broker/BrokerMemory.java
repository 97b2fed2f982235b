package io.kagu.broker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * What a data folder remembers from start to start: the clients' port and the cluster's id.
 *
 * <p>Both can be had again without it, so an unreadable file counts as an empty one.
 */
record BrokerMemory(OptionalInt port, Optional<String> clusterId) {

    private static final String PORT = "port";
    private static final String CLUSTER_ID = "cluster.id";

    static BrokerMemory read(Path file) {
        var content = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            content.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return new BrokerMemory(OptionalInt.empty(), Optional.empty());
        }
        return new BrokerMemory(
                port(content.getProperty(PORT, "")),
                Optional.ofNullable(content.getProperty(CLUSTER_ID)));
    }

    static void write(DataFolder folder, int port, String clusterId) {
        var content = new Properties();
        content.setProperty(PORT, Integer.toString(port));
        content.setProperty(CLUSTER_ID, clusterId);
        try (Writer writer = Files.newBufferedWriter(folder.memory())) {
            content.store(writer, null);
        } catch (IOException e) {
            throw folder.notWritable(e);
        }
    }

    private static OptionalInt port(String text) {
        return text.matches("[1-9][0-9]{0,4}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
