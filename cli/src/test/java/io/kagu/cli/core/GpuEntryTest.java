package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuEntryTest {

    @Test
    void oneGpuMayBeWrittenAsJsonOrYaml() {
        assertThat(GpuEntry.read("{\"name\": \"a\", \"slots\": 2}"))
                .containsExactly(new GpuEntry("a", "{\"name\":\"a\",\"slots\":2}"));
        assertThat(GpuEntry.read("name: a\nslots: 2\n"))
                .containsExactly(new GpuEntry("a", "{\"name\":\"a\",\"slots\":2}"));
    }

    @Test
    void aRegistryFileListsSeveral() {
        assertThat(GpuEntry.read("gpus:\n  - {name: a}\n  - {name: b}\n"))
                .extracting(GpuEntry::name)
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[7]", "{}", "name: 'a b'", "gpus: 7", "{", "a: b: c"})
    void whatNamesNoGpuIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> GpuEntry.read(text));
    }
}
