package io.kagu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.cli.CliException;
import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.ResultLine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class ResultsFileTest {

    @TempDir private Path dir;
    private Path path;

    @BeforeEach
    void namePath() {
        path = dir.resolve("r.jsonl");
    }

    private static String line(String id) {
        IndexedLine.Malformed line = new IndexedLine.Malformed(1, id, List.of("é"));
        return ResultLine.write(LineEnd.malformed(line), Optional.empty());
    }

    @Test
    void linesAreThereAfterTheNextOpening() {
        try (ResultsFile file = ResultsFile.open(path)) {
            file.append(line("a"));
            file.append(line("b"));
        }
        try (ResultsFile file = ResultsFile.open(path)) {
            assertThat(file.earlier()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void aTornLastLineIsCutOff() throws IOException {
        Files.writeString(path, line("a") + "\n" + line("b").substring(0, 30));
        try (ResultsFile file = ResultsFile.open(path)) {
            assertThat(file.earlier()).containsOnlyKeys("a");
            file.append(line("c"));
        }
        assertThat(Files.readAllLines(path)).containsExactly(line("a"), line("c"));
    }

    @Test
    void aLastLineThatOnlyMissesItsLineBreakIsKept() throws IOException {
        Files.writeString(path, line("a") + "\n" + line("b"));
        try (ResultsFile file = ResultsFile.open(path)) {
            assertThat(file.earlier()).containsOnlyKeys("a", "b");
            file.append(line("c"));
        }
        assertThat(Files.readAllLines(path)).hasSize(3);
    }

    @Test
    void aFileThatHoldsSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(path, "my notes");

        assertThatThrownBy(() -> ResultsFile.open(path))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("line 1 is no result of a run");
        assertThat(path).hasContent("my notes");
    }

    @Test
    void theLastWordOfAnIdCounts() throws IOException {
        Files.writeString(path, line("a") + "\n" + line("a") + "\n");
        try (ResultsFile file = ResultsFile.open(path)) {
            long length = line("a").getBytes(StandardCharsets.UTF_8).length + 1;
            assertThat(file.earlier().get("a").place())
                    .isEqualTo(new ResultsFile.Place(length, length));
        }
    }

    @Test
    void arrangingKeepsWhatIsNamedInThatOrder() throws IOException {
        try (ResultsFile file = ResultsFile.open(path)) {
            ResultsFile.Place a = file.append(line("a"));
            file.append(line("b"));
            ResultsFile.Place c = file.append(line("c"));
            file.arrange(List.of(c, a));
        }
        assertThat(Files.readAllLines(path)).containsExactly(line("c"), line("a"));
        assertThat(dir).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void onlyOneRunWritesAtATime() {
        try (ResultsFile _ = ResultsFile.open(path)) {
            assertThatThrownBy(() -> ResultsFile.open(path))
                    .hasMessageContaining("is being written by another run");
        }
    }

    @Test
    void whatAKillLeavesIsWhatWasAppended() throws IOException {
        try (ResultsFile file = ResultsFile.open(path)) {
            file.append(line("a"));
            assertThat(Files.readAllLines(path)).containsExactly(line("a"));
        }
    }
}
