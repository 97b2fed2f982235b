package io.kagu.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class SettingSourceTest {

    @TempDir Path folder;

    @Test
    void withoutAFileThereIsTheEnvironmentAlone() {
        Map<String, String> environment = Map.of("KAGU_A", "1");

        assertThat(SettingSource.of(environment))
                .containsExactly(new SettingSource("environment", environment));
    }

    @Test
    void theFileThatTheEnvironmentNamesComesSecond() throws IOException {
        Path file = folder.resolve("kagu.conf");
        Files.writeString(file, "# comment\nKAGU_A = 1\nKAGU_B=two words\n");

        List<SettingSource> sources = SettingSource.of(Map.of("KAGU_CONFIG", file.toString()));

        assertThat(sources).hasSize(2);
        assertThat(sources.get(1))
                .isEqualTo(
                        new SettingSource(
                                file.toString(), Map.of("KAGU_A", "1", "KAGU_B", "two words")));
    }

    @Test
    void aFileThatIsNotThereStopsTheStart() {
        Path file = folder.resolve("none.conf");

        assertThatThrownBy(() -> SettingSource.of(Map.of("KAGU_CONFIG", file.toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_CONFIG=" + file + ": there is no such file");
    }

    @Test
    void aFileThatCannotBeReadStopsTheStart() throws IOException {
        Path bad = folder.resolve("bad.conf");
        Files.writeString(bad, "KAGU_A=\\uZZZZ\n");

        assertThatThrownBy(() -> SettingSource.file("KAGU_CONFIG", bad))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_CONFIG=" + bad + ": cannot be read");
        assertThatThrownBy(() -> SettingSource.file("KAGU_CONFIG", folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_CONFIG=" + folder + ": cannot be read");
    }
}
