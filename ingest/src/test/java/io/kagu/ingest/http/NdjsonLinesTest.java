package io.kagu.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.ingest.http.NdjsonLines.Line;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class NdjsonLinesTest {

    @Test
    void linesKeepTheirNumbersAcrossBlankOnes() throws IOException {
        assertThat(lines("a\n\n \r\nb\r\nc")).containsExactly("1:a", "4:b\r", "5:c");
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(lines("a")).containsExactly("1:a");
        assertThat(lines("a\n")).containsExactly("1:a");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n\n")).isEmpty();
    }

    @Test
    void aLineOverTheLimitIsSkippedAlone() throws IOException {
        assertThat(lines("12345\n123456\n1")).containsExactly("1:12345", "2:too long", "3:1");
    }

    private static List<String> lines(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NdjsonLines lines = new NdjsonLines(new ByteArrayInputStream(bytes), 5);
        List<String> seen = new ArrayList<>();
        Optional<Line> line = lines.next();
        while (line.isPresent()) {
            seen.add(words(line.get()));
            line = lines.next();
        }
        return seen;
    }

    private static String words(Line line) {
        return switch (line) {
            case Line.TooLong(int number) -> number + ":too long";
            case Line.Text(int number, var json) ->
                    number + ":" + new String(json.bytes(), StandardCharsets.UTF_8);
        };
    }
}
