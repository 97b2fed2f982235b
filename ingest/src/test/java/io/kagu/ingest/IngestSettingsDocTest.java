package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Holds the table of this service in the documentation to the code. */
class IngestSettingsDocTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");
    private static final String BEGIN = "<!-- generated: ingest settings -->\n";
    private static final String END = "<!-- end of ingest settings -->";

    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        String text = Files.readString(PAGE);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        String wanted = "\n" + ownRows() + "\n\n";
        if (Boolean.getBoolean("kagu.docs.write")) {
            Files.writeString(PAGE, text.substring(0, from) + wanted + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("out of date: mvn -pl ingest -am test -Dkagu.docs.write=true")
                .isEqualTo(wanted);
    }

    /** The heading, and the rows of keys that no other service has. */
    private static String ownRows() {
        return IngestConfig.table()
                .toMarkdown()
                .lines()
                .filter(row ->
                        !row.startsWith("| `")
                                || row.startsWith("| `KAGU_INGEST_")
                                || row.startsWith("| `KAGU_ADMISSION_"))
                .collect(Collectors.joining("\n"));
    }
}
