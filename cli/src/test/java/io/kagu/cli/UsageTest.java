package io.kagu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the program says before it does anything. */
final class UsageTest {

    @TempDir private Path dir;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void restoreStreams() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int kagu(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        return KaguMain.run(args);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutACommandItShowsItsHelp() {
        assertThat(kagu()).isZero();
        assertThat(said()).contains("Usage: kagu").contains("run").contains("local");
    }

    @Test
    void aMissingFileIsSaidInOneLine() {
        assertThat(kagu("run", dir.resolve("no.jsonl").toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(said()).startsWith("kagu: ").endsWith("does not exist\n");
    }

    @Test
    void optionsThatContradictEachOtherAreNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("a.jsonl"), "{}");

        assertThat(kagu("run", file.toString(), "--server", "http://127.0.0.1:1", "--data", "x"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(said()).contains("--server goes without --data");
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(kagu("local", "--prot", "1")).isEqualTo(ExitCodes.USAGE);
        assertThat(said()).contains("--prot");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("a.json"), "{\"model\":\"m\"}");

        assertThat(kagu("submit", file.toString(), "--server", "http://127.0.0.1:1"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(said()).contains("no Kagu server is ready at http://127.0.0.1:1");
    }
}
