package io.kagu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kagu run} with everything real but the model: processes, Kafka, HTTP, files. */
final class RunEndToEndTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path dir;

    private void writeJobs(int count, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(more));
        for (int i = 0; i < count; i++) {
            String lane = List.of("low", "normal", "high").get(i % 3);
            lines.add(
                    """
                    {"id":"job-%d","model":"m","priority":"%s",\
                    "payload":{"messages":[{"role":"user","content":"Say %d"}],"max_tokens":5}}\
                    """
                            .formatted(i, lane, i));
        }
        Files.write(dir.resolve("jobs.jsonl"), lines);
    }

    private KaguProcess run(Path gpus) throws IOException {
        return KaguProcess.start(dir, "run", "jobs.jsonl", "--gpus", gpus.toString());
    }

    private List<JsonNode> results() throws IOException {
        Path file = dir.resolve("jobs.results.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<String> idsIn(String state) throws IOException {
        return results().stream()
                .filter(line -> line.path("state").asText().equals(state))
                .map(line -> line.path("id").asText())
                .toList();
    }

    private void awaitCompleted(int count, KaguProcess running) {
        await().atMost(PATIENCE)
                .until(() -> !running.isAlive() || idsIn("COMPLETED").size() >= count);
    }

    @Test
    void aRunThatIsKilledGoesOnAndRunsNoFinishedLineTwice() throws Exception {
        writeJobs(40);
        try (RealGpu gpu = new RealGpu(2, Duration.ofMillis(150))) {
            Path gpus = gpu.listedIn(dir);
            try (KaguProcess first = run(gpus)) {
                awaitCompleted(8, first);
                first.kill();
            }
            List<String> finished = idsIn("COMPLETED");
            assertThat(finished).hasSizeBetween(8, 39);

            try (KaguProcess second = run(gpus)) {
                assertThat(second.end()).as(second.output()).isZero();
            }
            assertThat(idsIn("COMPLETED"))
                    .hasSize(40)
                    .doesNotHaveDuplicates()
                    .containsAll(finished);
            assertThat(results().getFirst().path("result").path("choices").size()).isEqualTo(1);
            Map<String, Long> answered = gpu.answered();
            assertThat(finished).allMatch(id -> answered.get(id) == 1L);
        }
    }

    @Test
    void ctrlCWithdrawsTheRestAndSaysSo() throws Exception {
        writeJobs(30);
        try (RealGpu gpu = new RealGpu(2, Duration.ofMillis(400))) {
            Path gpus = gpu.listedIn(dir);
            try (KaguProcess first = run(gpus)) {
                awaitCompleted(3, first);
                first.interrupt();
                assertThat(first.end()).as(first.output()).isEqualTo(ExitCodes.INTERRUPTED);
                assertThat(first.output()).contains("stopped: ").contains("cancelled");
            }
            List<String> finished = idsIn("COMPLETED");
            assertThat(results()).hasSize(30);
            assertThat(finished.size() + idsIn("CANCELLED").size()).isEqualTo(30);

            try (KaguProcess second = run(gpus)) {
                assertThat(second.end()).as(second.output()).isZero();
            }
            assertThat(idsIn("COMPLETED")).hasSize(30).containsAll(finished);
            Map<String, Long> answered = gpu.answered();
            assertThat(finished).allMatch(id -> answered.get(id) == 1L);
        }
    }

    @Test
    void badLinesAreToldAndTheOthersRun() throws Exception {
        String tooLarge = "x".repeat(1 << 20);
        writeJobs(
                3,
                "{\"id\":\"torn\",\"model\":\"m\",",
                "{\"id\":\"urgent\",\"model\":\"m\",\"priority\":\"urgent\",\"payload\":{}}",
                "{\"id\":\"nobody\",\"model\":\"other\",\"payload\":{}}",
                "{\"id\":\"large\",\"model\":\"m\",\"payload\":{\"x\":\"%s\"}}"
                        .formatted(tooLarge));
        try (RealGpu gpu = new RealGpu(2, Duration.ofMillis(10));
                KaguProcess run = run(gpu.listedIn(dir))) {
            assertThat(run.end()).as(run.output()).isEqualTo(ExitCodes.FAILED);

            assertThat(run.output())
                    .contains("line 1: no JSON")
                    .contains("line 2: unknown priority \"urgent\": allowed are high, normal, low")
                    .contains("line 3: ")
                    .contains("line 4: body of ")
                    .contains("7 lines: 3 completed, 4 invalid");
            assertThat(results())
                    .extracting(line -> line.path("state").asText())
                    .containsExactly(
                            "INVALID",
                            "INVALID",
                            "INVALID",
                            "INVALID",
                            "COMPLETED",
                            "COMPLETED",
                            "COMPLETED");
            assertThat(gpu.started()).isEqualTo(3);
        }
    }
}
