package io.kagu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.cli.CliException;
import io.kagu.cli.core.IndexedLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

final class InputFileTest {

    private static final String JOB = "{\"id\":\"%s\",\"model\":\"m\",\"payload\":{\"x\":\"%s\"}}";

    @TempDir private Path dir;

    private InputFile open(String content) throws IOException {
        return InputFile.open(Files.writeString(dir.resolve("jobs.jsonl"), content), 1000);
    }

    @Test
    void linesAreReadAgainFromTheirPlaces() throws IOException {
        String content =
                "\uFEFF" + JOB.formatted("a", "é") + "\r\n\n" + JOB.formatted("b", "二") + "\n";
        try (InputFile input = open(content)) {
            var jobs = input.index().jobs();

            assertThat(jobs).extracting(IndexedLine.Job::number).containsExactly(1, 3);
            assertThat(input.read(jobs.get(0)).body()).isEqualTo("{\"model\":\"m\",\"x\":\"é\"}");
            assertThat(input.read(jobs.get(1)).body()).isEqualTo("{\"model\":\"m\",\"x\":\"二\"}");
        }
    }

    @Test
    void aLastLineNeedsNoLineBreak() throws IOException {
        try (InputFile input = open(JOB.formatted("a", "1"))) {
            assertThat(input.index().jobs()).hasSize(1);
        }
    }

    @Test
    void aLineThatIsNoUtf8OrFarTooLongIsMalformed() throws IOException {
        byte[] latin = "{\"id\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = dir.resolve("jobs.jsonl");
        Files.write(file, latin);
        Files.writeString(file, JOB.formatted("b", "x".repeat(70_000)), StandardOpenOption.APPEND);
        try (InputFile input = InputFile.open(file, 1000)) {
            assertThat(input.index().malformed()).hasSize(2);
            assertThat(input.index().malformed().getFirst().faults().getFirst()).contains("UTF-8");
        }
    }

    @Test
    void aFileThatChangesDuringTheRunIsNoticed() throws IOException {
        try (InputFile input = open(JOB.formatted("a", "1") + "\n")) {
            IndexedLine.Job job = input.index().jobs().getFirst();
            Files.writeString(dir.resolve("jobs.jsonl"), JOB.formatted("a", "2") + "\n");

            assertThatThrownBy(() -> input.read(job))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("changed while it was run");
        }
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        assertThatThrownBy(() -> InputFile.open(dir.resolve("no.jsonl"), 10))
                .hasMessageEndingWith("does not exist");
        assertThatThrownBy(() -> InputFile.open(dir, 10)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> open("\n \n")).hasMessageContaining("holds no job");
    }
}
