package io.kagu.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A registry file with two pools: {@code chat} and {@code small}. */
final class GpuFile {

    private static final String YAML =
            """
            gpus:
              - name: gpu-a
                endpoint: http://127.0.0.1:9/
                pool: chat
                models:
                  - name: qwen-35b
                    aliases: [standard, best]
              - name: gpu-b
                endpoint: http://127.0.0.1:9/
                pool: small
                models: [tiny-4b]
            """;

    private GpuFile() {}

    static Path in(Path folder) throws IOException {
        return Files.writeString(folder.resolve("gpus.yaml"), YAML);
    }
}
