package io.kagu.cli.run;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.ResultLine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a run: appended line by line as they come, so that a killed run loses none, and
 * put into the input's order at the end. One process at a time has it. Safe for many threads.
 */
public final class ResultsFile implements AutoCloseable {

    private static final int MAX_LINE_BYTES = 512 << 20;
    private static final String FIRST_BYTES = "{\"custom_id\":";
    private static final int COPY_BYTES = 1 << 16;

    private final Path path;
    private final RandomAccessFile file;
    private final Map<String, Earlier> earlier = new HashMap<>();

    private ResultsFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Where a line stands in the file, in bytes, with its line break. */
    public record Place(long offset, long length) {}

    /** A line that an earlier run left. */
    public record Earlier(LineEnd end, Place place) {}

    /**
     * Opens or makes the file and reads what earlier runs left in it. A last line that was torn by
     * a kill is cut off.
     *
     * @throws CliException if it cannot be written, is in use, or holds something else
     */
    public static ResultsFile open(Path path) {
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            ResultsFile results = new ResultsFile(path, file);
            try {
                results.lock();
                results.load();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
            return results;
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    private void lock() throws IOException {
        boolean locked;
        try {
            Optional<FileLock> lock = Optional.ofNullable(file.getChannel().tryLock());
            locked = lock.isPresent();
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new CliException(
                    ExitCodes.FAILED,
                    path + " is being written by another run: wait for it or use --results");
        }
    }

    private void load() throws IOException {
        try (LineScanner scanner = LineScanner.open(path, MAX_LINE_BYTES)) {
            int number = 0;
            boolean ended = true;
            Optional<LineScanner.Line> line = scanner.next();
            while (line.isPresent()) {
                number++;
                ended = load(number, line.get());
                line = scanner.next();
            }
            if (!ended) {
                append("");
            }
        }
    }

    /** Takes a line in; says whether the file ends with a line break after it. */
    private boolean load(int number, LineScanner.Line line) throws IOException {
        Optional<LineEnd> end = line.text().flatMap(ResultLine::read);
        if (end.isEmpty() && !line.ended() && isTorn(line)) {
            file.setLength(line.offset());
            return true;
        }
        if (end.isEmpty()) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "%s: line %d is no result of a run; move the file away or use --results"
                            .formatted(path, number));
        }
        Place place = new Place(line.offset(), line.length() + 1);
        earlier.put(end.get().customId(), new Earlier(end.get(), place));
        return line.ended();
    }

    /** Only what began as one of our lines may be cut off. */
    private static boolean isTorn(LineScanner.Line line) {
        String text = line.text().orElse(FIRST_BYTES);
        return text.startsWith(FIRST_BYTES) || FIRST_BYTES.startsWith(text);
    }

    /** What earlier runs left, by custom id, the last word of each. */
    public Map<String, Earlier> earlier() {
        return Collections.unmodifiableMap(earlier);
    }

    /** Adds a line; when this returns, a kill of this process cannot lose it. */
    public synchronized Place append(String line) {
        try {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            long offset = file.length();
            file.seek(offset);
            file.write(bytes);
            return new Place(offset, bytes.length);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    /** Leaves only these lines, in this order. Whoever reads the file sees the old or the new. */
    public synchronized void arrange(List<Place> order) {
        Path draft = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            try (RandomAccessFile out = new RandomAccessFile(draft.toFile(), "rw")) {
                out.setLength(0);
                for (Place place : order) {
                    copy(place, out);
                }
                out.getFD().sync();
            }
            Files.move(
                    draft,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    private void copy(Place place, RandomAccessFile out) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        file.seek(place.offset());
        long left = place.length();
        while (left > 0) {
            int count = (int) Math.min(left, buffer.length);
            file.readFully(buffer, 0, count);
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private static CliException broken(Path path, IOException e) {
        return new CliException(
                ExitCodes.FAILED, "results file " + path + ": " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw broken(path, e);
        }
    }
}
