package io.kagu.ingest.http;

import io.kagu.ingest.core.Body;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads newline-delimited JSON line by line, keeping at most one line and never a too long one. */
final class NdjsonLines {

    private static final int BUFFER = 64 * 1024;
    private static final int END = -1;

    private final InputStream in;
    private final int maxLine;
    private int number;

    NdjsonLines(InputStream in, int maxLine) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.maxLine = maxLine;
    }

    /** A line by its number, counted from 1. */
    sealed interface Line {

        int number();

        /** A line with something in it. */
        record Text(int number, Body json) implements Line {}

        /** A line over the limit; it was skipped. */
        record TooLong(int number) implements Line {}
    }

    /** The next line that is not blank; empty at the end. */
    Optional<Line> next() throws IOException {
        int first = in.read();
        while (first != END) {
            number++;
            Line line = rest(first);
            if (!blank(line)) {
                return Optional.of(line);
            }
            first = in.read();
        }
        return Optional.empty();
    }

    private Line rest(int first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int b = first; b != END && b != '\n'; b = in.read()) {
            tooLong = tooLong || line.size() == maxLine;
            if (!tooLong) {
                line.write(b);
            }
        }
        return tooLong
                ? new Line.TooLong(number)
                : new Line.Text(number, Body.of(line.toByteArray()));
    }

    private static boolean blank(Line line) {
        return switch (line) {
            case Line.TooLong _ -> false;
            case Line.Text(_, Body json) -> json.isBlank();
        };
    }
}
