package io.kagu.cli.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file line by line, with each line's place, and never more of a line than a limit. */
final class LineScanner implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxBytes;
    private long position;

    private LineScanner(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    static LineScanner open(Path file, int maxBytes) throws IOException {
        return new LineScanner(
                new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), maxBytes);
    }

    /**
     * One line.
     *
     * @param offset of its first byte in the file
     * @param length in bytes, without its line break
     * @param text empty if it is too long or no UTF-8
     * @param ended whether a line break followed
     */
    record Line(long offset, long length, Optional<String> text, boolean ended) {}

    /** The next line; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        long offset = position;
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n') {
            position++;
            if (kept.size() <= maxBytes) {
                kept.write(read);
            }
            read = in.read();
        }
        long length = position - offset;
        boolean ended = read == '\n';
        if (ended) {
            position++;
        }
        Optional<String> text = length > maxBytes ? Optional.empty() : text(kept.toByteArray());
        return Optional.of(new Line(offset, length, text, ended));
    }

    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
