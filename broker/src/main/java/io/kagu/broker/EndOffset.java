package io.kagu.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a partition ended when its broker last noted it.
 *
 * @param partition name of the partition's folder
 * @param offset offset the next record would have got
 */
record EndOffset(String partition, long offset) {

    // Kafka's checkpoint files: a version, a count, then lines of topic, partition and offset.
    private static final int HEADER_LINES = 2;

    /** Reads a checkpoint file of Kafka; none, if there is no such file. */
    static List<EndOffset> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .skip(HEADER_LINES)
                    .map(EndOffset::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static EndOffset parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() != 3) {
            throw new IllegalArgumentException("unreadable line");
        }
        return new EndOffset(words.get(0) + "-" + words.get(1), Long.parseLong(words.get(2)));
    }
}
