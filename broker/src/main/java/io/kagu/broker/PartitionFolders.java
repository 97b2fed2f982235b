package io.kagu.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of a broker's partitions, without the cluster's own metadata.
 *
 * @param all in order of their names
 */
record PartitionFolders(List<Path> all) {

    static final String METADATA = "__cluster_metadata-0";

    // Kafka's own: topic, dash, partition; with a suffix after a dot or dash it is being deleted.
    private static final Pattern PARTITION = Pattern.compile("[a-zA-Z0-9._-]+-[0-9]+");

    PartitionFolders {
        all = List.copyOf(all);
    }

    static PartitionFolders in(Path kafka) {
        if (!Files.isDirectory(kafka)) {
            return new PartitionFolders(List.of());
        }
        try (Stream<Path> entries = Files.list(kafka)) {
            return new PartitionFolders(
                    entries.filter(PartitionFolders::isPartition).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private static boolean isPartition(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return Files.isDirectory(entry)
                && !name.equals(METADATA)
                && PARTITION.matcher(name).matches();
    }
}
