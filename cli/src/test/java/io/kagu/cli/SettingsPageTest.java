package io.kagu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.dispatcher.DispatcherConfig;
import io.kagu.ingest.IngestConfig;
import io.kagu.statusapi.StatusConfig;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the services' tables in {@code docs/settings.md} to the code; {@code
 * -Dkagu.docs.write=true} writes them.
 */
final class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    static Stream<Arguments> services() {
        return Stream.of(
                Arguments.of("ingest", IngestConfig.table()),
                Arguments.of("dispatcher", DispatcherConfig.table()),
                Arguments.of("status-api", StatusConfig.table()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void thePageListsEverySettingOfAService(String service, SettingTable table) throws IOException {
        String begin = "<!-- generated: " + service + " settings -->\n";
        String text = Files.readString(PAGE);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end of " + service + " settings -->");
        String wanted = "\n" + ownRows(table) + "\n\n";
        if (Boolean.getBoolean("kagu.docs.write")) {
            Files.writeString(PAGE, text.substring(0, from) + wanted + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("out of date: mvn -pl cli -am test -Dkagu.docs.write=true")
                .isEqualTo(wanted);
    }

    /** The heading, and the rows that not every service has. */
    private static String ownRows(SettingTable table) {
        Set<String> common =
                CommonSettings.table()
                        .toMarkdown()
                        .lines()
                        .filter(row -> row.startsWith("| `"))
                        .collect(Collectors.toSet());
        return table.toMarkdown()
                .lines()
                .filter(row -> !common.contains(row))
                .collect(Collectors.joining("\n"));
    }
}
