package io.kagu.broker;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads one file of a Kafka log without changing it. */
final class Segment {

    private static final String SUFFIX = ".log";
    private static final int INDEX_ENTRY = 2 * Integer.BYTES;

    private Segment() {}

    /** The log files of a partition, oldest first. */
    static List<Path> in(Path partition) throws IOException {
        if (!Files.isDirectory(partition)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    /**
     * What is wrong with a file.
     *
     * @param mayBeTorn whether its last bytes may be half written, or zeros never written over
     */
    static Optional<String> fault(Path file, boolean mayBeTorn) throws IOException {
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            int sound = soundBytes(records);
            boolean torn = sound < records.sizeInBytes();
            return torn && !(mayBeTorn && isTorn(records, sound))
                    ? Optional.of("has unreadable bytes from byte " + sound + " on")
                    : Optional.empty();
        }
    }

    /** Offset after the last record of a partition's newest file; none if its end is unreadable. */
    static OptionalLong endOffset(Path file) throws IOException {
        long end = baseOffset(file);
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            for (FileChannelRecordBatch batch : records.batchesFrom(lastIndexed(file))) {
                batch.ensureValid();
                end = batch.nextOffset();
            }
        } catch (KafkaException | IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(end);
    }

    private static int soundBytes(FileRecords records) {
        int sound = 0;
        try {
            for (FileChannelRecordBatch batch : records.batches()) {
                batch.ensureValid();
                sound += batch.sizeInBytes();
            }
        } catch (KafkaException | IllegalArgumentException e) {
            // What follows is not sound.
        }
        return sound;
    }

    // The reader stops without complaint only at a batch that the end of the file cuts off.
    private static boolean isTorn(FileRecords records, int sound) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(records.sizeInBytes() - sound);
        records.readInto(rest, sound);
        boolean zeros = true;
        while (rest.hasRemaining() && zeros) {
            zeros = rest.get() == 0;
        }
        return zeros || isCutOff(records, sound);
    }

    private static boolean isCutOff(FileRecords records, int sound) {
        try {
            return !records.batchesFrom(sound).iterator().hasNext();
        } catch (KafkaException | IllegalArgumentException e) {
            return false;
        }
    }

    private static long baseOffset(Path file) {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    // The offset index saves reading the file from its start: pairs of relative offset, position.
    private static int lastIndexed(Path file) throws IOException {
        Path index = Path.of(file.toString().replaceAll("\\.log$", ".index"));
        if (!Files.exists(index)) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(index)) {
            long entries = channel.size() / INDEX_ENTRY;
            ByteBuffer last = ByteBuffer.allocate(INDEX_ENTRY);
            if (entries == 0 || channel.read(last, (entries - 1) * INDEX_ENTRY) < INDEX_ENTRY) {
                return 0;
            }
            int position = last.getInt(Integer.BYTES);
            return position < Files.size(file) ? Math.max(0, position) : 0;
        }
    }
}
