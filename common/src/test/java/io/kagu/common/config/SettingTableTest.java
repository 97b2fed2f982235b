package io.kagu.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

final class SettingTableTest {

    private static SettingTable table() {
        return new SettingTable()
                .integer("KAGU_X_PORT", 8080, 0, 65535, "where it listens")
                .millis(
                        "KAGU_X_WAIT_MS",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(60),
                        "how long it waits")
                .text("KAGU_X_HOST", "127.0.0.1", "address")
                .text("KAGU_X_TOKEN_FILE", "", "file of tokens")
                .word("KAGU_X_MODE", "fair", List.of("fair", "fifo"), "order of jobs")
                .flag("KAGU_X_OPEN", false, "whether anyone may come")
                .foreign(List.of("KAGU_Y_"));
    }

    private static Settings read(Map<String, String> values) {
        return table().read(List.of(new SettingSource("environment", values)));
    }

    private static List<String> faults(Map<String, String> values) {
        return assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(values))
                .actual()
                .faults();
    }

    @Test
    void everyKeyHasItsDefault() {
        Settings settings = read(Map.of());

        assertThat(settings.integer("KAGU_X_PORT")).isEqualTo(8080);
        assertThat(settings.millis("KAGU_X_WAIT_MS")).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.text("KAGU_X_HOST")).isEqualTo("127.0.0.1");
        assertThat(settings.text("KAGU_X_TOKEN_FILE")).isEmpty();
        assertThat(settings.text("KAGU_X_MODE")).isEqualTo("fair");
        assertThat(settings.flag("KAGU_X_OPEN")).isFalse();
    }

    @Test
    void valuesAreReadWithBlanksAroundThem() {
        Settings settings =
                read(
                        Map.of(
                                "KAGU_X_PORT", " 0 ",
                                "KAGU_X_WAIT_MS", "60000",
                                "KAGU_X_HOST", "localhost",
                                "KAGU_X_TOKEN_FILE", "/etc/tokens",
                                "KAGU_X_MODE", "fifo",
                                "KAGU_X_OPEN", "true"));

        assertThat(settings.integer("KAGU_X_PORT")).isZero();
        assertThat(settings.millis("KAGU_X_WAIT_MS")).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.text("KAGU_X_HOST")).isEqualTo("localhost");
        assertThat(settings.text("KAGU_X_TOKEN_FILE")).isEqualTo("/etc/tokens");
        assertThat(settings.text("KAGU_X_MODE")).isEqualTo("fifo");
        assertThat(settings.flag("KAGU_X_OPEN")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KAGU_X_PORT | 65536 | int of [0,...,65535]",
                "KAGU_X_PORT | -1 | int of [0,...,65535]",
                "KAGU_X_PORT | many | int of [0,...,65535]",
                "KAGU_X_PORT | '' | int of [0,...,65535]",
                "KAGU_X_WAIT_MS | 0 | long of [1,...,60000]",
                "KAGU_X_WAIT_MS | 5s | long of [1,...,60000]",
                "KAGU_X_HOST | '' | string of non-empty string",
                "KAGU_X_MODE | FIFO | string of [fair, fifo]",
                "KAGU_X_OPEN | yes | boolean of true or false",
            })
    void aBadValueIsNamedWithKeySourceAndWhatIsAllowed(String key, String value, String allowed) {
        assertThat(faults(Map.of(key, value)))
                .containsExactly(
                        key
                                + "="
                                + value
                                + " (from environment) is not allowed: must be "
                                + allowed);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(
                        faults(
                                Map.of(
                                        "KAGU_X_PORT", "a",
                                        "KAGU_X_OPEN", "b",
                                        "KAGU_X_PROT", "1")))
                .hasSize(3);
    }

    @Test
    void anUnknownKeyIsAnErrorWithTheNearestMatch() {
        assertThat(faults(Map.of("KAGU_X_PROT", "1")))
                .containsExactly(
                        "KAGU_X_PROT (from environment) is no setting of this service;"
                                + " did you mean KAGU_X_PORT?");
    }

    @Test
    void keysOfOthersAreLeftAlone() {
        Settings settings = read(Map.of("KAGU_Y_PORT", "x", "PATH", "/bin", "XKAGU_X", "1"));

        assertThat(settings.integer("KAGU_X_PORT")).isEqualTo(8080);
    }

    @Test
    void theKeyOfTheFileItselfIsKnownButNotWhatOnlyBeginsLikeIt() {
        assertThat(read(Map.of("KAGU_CONFIG", "f")).integer("KAGU_X_PORT")).isEqualTo(8080);
        assertThat(faults(Map.of("KAGU_CONFIG_FILE", "f"))).hasSize(1);
    }

    @Test
    void theFirstSourceThatHasAKeyWins() {
        Settings settings =
                table().read(
                                List.of(
                                        new SettingSource(
                                                "environment", Map.of("KAGU_X_PORT", "1")),
                                        new SettingSource(
                                                "file",
                                                Map.of(
                                                        "KAGU_X_PORT", "2",
                                                        "KAGU_X_MODE", "fifo"))));

        assertThat(settings.integer("KAGU_X_PORT")).isEqualTo(1);
        assertThat(settings.text("KAGU_X_MODE")).isEqualTo("fifo");
    }

    @Test
    void aFaultNamesTheSourceItCameFrom() {
        SettingSource file = new SettingSource("/etc/kagu.conf", Map.of("KAGU_X_PORT", "x"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        table().read(List.of(new SettingSource("environment", Map.of()), file)))
                .withMessageContaining("KAGU_X_PORT=x (from /etc/kagu.conf)");
    }

    @Test
    void askingForAKeyThatIsNotInTheTableIsABug() {
        Settings settings = read(Map.of());

        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> settings.text("KAGU_Z"))
                .withMessage("no setting KAGU_Z in the table");
    }

    @Test
    void theTableIsWrittenAsMarkdown() {
        assertThat(table().toMarkdown())
                .isEqualTo(
                        """
                        | key | default | range | meaning |
                        |---|---|---|---|
                        | `KAGU_X_HOST` | `127.0.0.1` | non-empty string | address |
                        | `KAGU_X_MODE` | `fair` | [fair, fifo] | order of jobs |
                        | `KAGU_X_OPEN` | `false` | true or false | whether anyone may come |
                        | `KAGU_X_PORT` | `8080` | [0,...,65535] | where it listens |
                        | `KAGU_X_TOKEN_FILE` | none | any text | file of tokens |
                        | `KAGU_X_WAIT_MS` | `5000` | [1,...,60000] | how long it waits |
                        """);
    }
}
