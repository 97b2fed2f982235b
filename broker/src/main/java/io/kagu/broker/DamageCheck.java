package io.kagu.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Looks for damage that Kafka itself would pass over in silence, by cutting logs short.
 *
 * <p>Kafka cuts a log at its first unreadable byte. After a crash that is right for the last bytes
 * written; anywhere else, and after a clean stop, it would drop records or whole topics, so the
 * start is refused instead. Only the cluster's metadata is read in full; of a topic's partition,
 * the end is compared with the end noted at the last clean stop.
 */
final class DamageCheck {

    private static final String CLEAN_STOP = ".kafka_cleanshutdown";
    private static final String END_OFFSETS = "recovery-point-offset-checkpoint";

    private final DataFolder folder;
    private final PartitionFolders partitions;

    DamageCheck(DataFolder folder, PartitionFolders partitions) {
        this.folder = folder;
        this.partitions = partitions;
    }

    void run() {
        boolean stoppedCleanly = Files.exists(folder.kafka().resolve(CLEAN_STOP));
        try {
            checkMetadata(stoppedCleanly);
            if (stoppedCleanly) {
                checkEnds();
            }
        } catch (IOException e) {
            throw folder.damaged("it cannot be read (" + e.getMessage() + ")");
        }
    }

    private void checkMetadata(boolean stoppedCleanly) throws IOException {
        Path metadata = folder.kafka().resolve(PartitionFolders.METADATA);
        List<Path> segments = Segment.in(metadata);
        if (!partitions.isEmpty() && sizeOf(segments) == 0) {
            throw folder.damaged(
                    "it holds records, but the cluster's metadata in kafka/%s is missing"
                            .formatted(PartitionFolders.METADATA));
        }
        for (Path segment : segments) {
            boolean mayBeTorn = !stoppedCleanly && segment.equals(segments.getLast());
            check(segment, mayBeTorn);
        }
        for (Path snapshot : snapshots(metadata)) {
            check(snapshot, false);
        }
    }

    private void check(Path file, boolean mayBeTorn) throws IOException {
        Segment.fault(file, mayBeTorn).ifPresent(fault -> refuse(file, fault));
    }

    private void checkEnds() throws IOException {
        Path noted = folder.kafka().resolve(END_OFFSETS);
        for (EndOffset end : EndOffset.read(noted)) {
            Path partition = folder.kafka().resolve(end.partition());
            List<Path> segments = Segment.in(partition);
            if (segments.isEmpty()) {
                throw folder.damaged("kafka/%s is missing".formatted(end.partition()));
            }
            checkEnd(segments.getLast(), end.offset());
        }
    }

    private void checkEnd(Path last, long noted) throws IOException {
        OptionalLong found = Segment.endOffset(last);
        if (found.isEmpty()) {
            refuse(last, "has unreadable bytes near its end");
        }
        if (found.orElse(noted) != noted) {
            refuse(last, "ends at offset %d instead of %d".formatted(found.getAsLong(), noted));
        }
    }

    private void refuse(Path file, String fault) {
        throw folder.damaged("%s %s".formatted(folder.root().relativize(file), fault));
    }

    private static long sizeOf(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        return sum;
    }

    private static List<Path> snapshots(Path metadata) throws IOException {
        if (!Files.isDirectory(metadata)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(metadata)) {
            return files.filter(f -> f.toString().endsWith(".checkpoint")).sorted().toList();
        }
    }
}
