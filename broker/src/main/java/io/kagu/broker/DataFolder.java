package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/**
 * The layout of a broker's data folder.
 *
 * @param root the folder itself
 */
record DataFolder(Path root) {

    private static final int LOGS_KEPT = 3;

    /** Where Kafka keeps everything of its own. */
    Path kafka() {
        return root.resolve("kafka");
    }

    Path log() {
        return root.resolve("broker.log");
    }

    Path lock() {
        return root.resolve("broker.lock");
    }

    Path memory() {
        return root.resolve("broker.memory");
    }

    Path properties() {
        return root.resolve("broker.properties");
    }

    /** Makes the folder; fails if it is not one that can be written to. */
    void make() {
        if (root.toString().contains(",")) {
            throw notWritable(new IOException("Kafka takes no comma in a path"));
        }
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw notWritable(e);
        }
        if (!Files.isWritable(root)) {
            throw notWritable(new IOException("no permission to write"));
        }
    }

    /**
     * Moves the log of the last run aside, {@code broker.log} to {@code broker.log.1} and so on.
     */
    void rollLog() {
        try {
            for (int i = LOGS_KEPT - 1; i >= 0; i--) {
                Path from = oldLog(i);
                if (Files.exists(from)) {
                    Files.move(from, oldLog(i + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    Path writeProperties(Map<String, String> settings) {
        var content = new Properties();
        content.putAll(settings);
        // As a stream, not a writer: Kafka reads it as Latin-1 with escapes.
        try (OutputStream file = Files.newOutputStream(properties())) {
            content.store(file, "Written at each start; changes here are lost");
            return properties();
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    BrokerStartException notWritable(IOException cause) {
        return new BrokerStartException(
                Reason.FOLDER_NOT_WRITABLE,
                "data folder %s cannot be written to (%s): choose another folder, or change this one"
                        .formatted(root, what(cause)));
    }

    BrokerStartException damaged(String what) {
        return new BrokerStartException(
                Reason.FOLDER_DAMAGED,
                ("data folder %s is damaged: %s. Restore it from a copy, or move it away to start"
                                + " with an empty one; nothing in it was deleted. Log: %s")
                        .formatted(root, what, log()));
    }

    private Path oldLog(int age) {
        return age == 0 ? log() : root.resolve("broker.log." + age);
    }

    private static String what(IOException cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
