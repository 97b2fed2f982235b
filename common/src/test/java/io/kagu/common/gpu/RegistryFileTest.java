package io.kagu.common.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

final class RegistryFileTest {

    private static final String GOOD =
            """
            gpus:
              - name: gpu-a
                endpoint: http://127.0.0.1:8001
                sidecar: {kind: json, url: "http://127.0.0.1:8090/health"}
                pool: big
                type: 64 GB card
                models:
                  - name: coder-27b
                    aliases: [coder, standard]
                    upstream: qwen-27b
                  - tiny-4b
                slots: 4
                vram_mb: 65536
                order: 1
                call_timeout_seconds: 120
                credential_env: GPU_A_TOKEN
            """;

    @TempDir Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("gpus.yaml"), text);
    }

    @Test
    void aGoodFileIsRead() throws IOException {
        assertThat(RegistryFile.read(write(GOOD)).gpus()).containsExactly(Samples.fullGpu());
    }

    @Test
    void limitsAreRead() throws IOException {
        Path file = write(GOOD + "    limits: {requests_per_minute: 30, min_pause_ms: 500}\n");

        assertThat(RegistryFile.read(file).gpus().getFirst().limits())
                .isEqualTo(new GpuLimits(OptionalInt.of(30), OptionalInt.of(500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests_per_minute: 0", "min_pause_ms: 3600001"})
    void limitsOutOfRangeAreRefused(String limit) throws IOException {
        Path file = write(GOOD + "    limits: {" + limit + "}\n");
        String field = limit.substring(0, limit.indexOf(':'));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .hasMessageContaining("gpu gpu-a: limits." + field + " must be 1..");
    }

    @Test
    void anUnknownFieldIsNamedWithFileAndLine() throws IOException {
        Path file = write(GOOD.replace("slots: 4", "slotz: 4"));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        file + ": line 12: unknown field slotz; known are [call_timeout");
    }

    @Test
    void aValueOfTheWrongKindIsNamedWithItsLine() throws IOException {
        Path file = write(GOOD.replace("slots: 4", "slots: four"));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + ": line 12: ")
                .hasMessageContaining("four");
    }

    @Test
    void anUnknownSidecarKindNamesTheAllowedOnes() throws IOException {
        Path file = write(GOOD.replace("kind: json", "kind: jsn"));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "sidecar kind must be one of json, dcgm, vllm, llamacpp, none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: gpu-a", "endpoint: http://127.0.0.1:8001"})
    void aMissingFieldIsNamed(String line) throws IOException {
        Path file = write(GOOD.replace(line, "order: 2").replace("    order: 1\n", ""));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'" + line.split(":")[0] + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "gpus:\n", "gpus: []\n", "{}", "---\n"})
    void aFileWithoutGpusSaysSo(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + ": no list of GPUs under gpus:");
    }

    @Test
    void whatIsNoYamlIsToldWithItsLine() throws IOException {
        Path file = write("gpus:\n  - name: [\n");

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + ": line ");
    }

    @Test
    void anEmptyEntrySaysSo() throws IOException {
        Path file = write("gpus:\n  -\n");

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + ": an entry under gpus: is empty");
    }

    @Test
    void aMissingFileSaysSo() {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + ": there is no such file");
    }

    @Test
    void theRulesHoldForAFileToo() throws IOException {
        Path file = write(GOOD.replace("slots: 4", "slots: 0"));

        assertThatThrownBy(() -> RegistryFile.read(file))
                .hasMessageContaining("gpu gpu-a: slots must be 1..4096");
    }
}
