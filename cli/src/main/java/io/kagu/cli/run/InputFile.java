package io.kagu.cli.run;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.core.InputIndex;
import io.kagu.cli.core.JobRequest;
import io.kagu.cli.core.LineParser;
import io.kagu.cli.core.ParsedLine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file of jobs: checked whole first, then read again line by line as the jobs are submitted. */
public final class InputFile implements AutoCloseable {

    private static final int LINE_OVERHEAD_BYTES = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;
    private final LineParser parser;
    private final RandomAccessFile file;
    private final InputIndex index;

    private InputFile(Path path, LineParser parser, RandomAccessFile file, InputIndex index) {
        this.path = path;
        this.parser = parser;
        this.file = file;
        this.index = index;
    }

    /**
     * Reads and checks every line.
     *
     * @param maxBodyBytes largest body that the server takes
     * @throws CliException if the file cannot be read or holds no line
     */
    public static InputFile open(Path path, int maxBodyBytes) {
        if (Files.isDirectory(path)) {
            throw new CliException(ExitCodes.USAGE, path + " is a folder, not a file of jobs");
        }
        if (!Files.isReadable(path)) {
            String what = Files.exists(path) ? " cannot be read" : " does not exist";
            throw new CliException(ExitCodes.USAGE, path + what);
        }
        LineParser parser = new LineParser(maxBodyBytes);
        try {
            InputIndex index = index(path, parser, maxBodyBytes);
            if (index.lines().isEmpty()) {
                throw new CliException(ExitCodes.USAGE, path + " holds no job: it is empty");
            }
            return new InputFile(path, parser, new RandomAccessFile(path.toFile(), "r"), index);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputIndex index(Path path, LineParser parser, int maxBodyBytes)
            throws IOException {
        InputIndex index = new InputIndex();
        try (LineScanner scanner = LineScanner.open(path, maxBodyBytes + LINE_OVERHEAD_BYTES)) {
            int number = 0;
            Optional<LineScanner.Line> line = scanner.next();
            while (line.isPresent()) {
                number++;
                add(index, number, line.get(), parser);
                line = scanner.next();
            }
        }
        return index;
    }

    private static void add(
            InputIndex index, int number, LineScanner.Line line, LineParser parser) {
        Optional<String> text = line.text().map(it -> withoutMark(it, number));
        if (text.isPresent() && text.get().isBlank()) {
            return;
        }
        ParsedLine parsed =
                text.map(it -> parser.parse(number, it)).orElseGet(() -> noText(number, line));
        int length = (int) Math.min(line.length(), Integer.MAX_VALUE);
        index.add(number, parsed, line.offset(), length);
    }

    private static ParsedLine noText(int number, LineScanner.Line line) {
        String fault =
                "a line of %,d bytes is not UTF-8, or too long for a body within the limit"
                        .formatted(line.length());
        return new ParsedLine.Bad("line-" + number, List.of(fault));
    }

    private static String withoutMark(String text, int number) {
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** What the file holds. */
    public InputIndex index() {
        return index;
    }

    /**
     * The job of a line, body included.
     *
     * @throws CliException if the file is not what it was when it was checked
     */
    public JobRequest read(IndexedLine.Job line) {
        String text = withoutMark(textOf(line), line.number());
        if (parser.parse(line.number(), text) instanceof ParsedLine.Good(JobRequest request)
                && request.content().equals(line.content())) {
            return request;
        }
        throw new CliException(
                ExitCodes.FAILED,
                "%s changed while it was run: line %d is another; start again"
                        .formatted(path, line.number()));
    }

    private synchronized String textOf(IndexedLine.Job line) {
        try {
            byte[] bytes = new byte[line.length()];
            file.seek(line.offset());
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static CliException unreadable(Path path, IOException e) {
        return new CliException(ExitCodes.FAILED, path + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }
}
