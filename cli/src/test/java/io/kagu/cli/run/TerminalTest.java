package io.kagu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), 80, true);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawnLinesAreDrawnOver() {
        terminal.draw(List.of("a", "b"));
        terminal.draw(List.of("c"));

        assertThat(shown()).isEqualTo("a\nb\n\u001b[2F\u001b[Jc\n");
    }

    @Test
    void aLineThatStaysTakesThePlaceOfDrawnOnes() {
        terminal.draw(List.of("a"));
        terminal.say("told");
        terminal.say("more");

        assertThat(shown()).isEqualTo("a\n\u001b[1F\u001b[Jtold\nmore\n");
    }

    @Test
    void keptLinesAreNotDrawnOver() {
        terminal.draw(List.of("a"));
        terminal.keep();
        terminal.say("told");

        assertThat(shown()).isEqualTo("a\ntold\n");
    }
}
