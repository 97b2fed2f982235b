package io.kagu.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.cli.ExitCodes;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class BenchCommandTest {

    @TempDir private Path dir;

    @Test
    void everyBenchmarkIsListed() {
        assertThat(new CommandLine(new BenchCommand()).getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "pipeline", "busy", "chaos", "core", "routing", "soak", "status");
    }

    @Test
    void routingWritesItsFiguresForEachLoad() throws IOException {
        Path file = dir.resolve("routing.json");

        int exit =
                new CommandLine(new BenchRoutingCommand())
                        .execute("--seeds", "1", "--load", "0.5,0.7", "--json", file.toString());

        assertThat(exit).isEqualTo(ExitCodes.OK);
        JsonNode json = Json.tree(Files.readAllBytes(file));
        assertThat(json).hasSize(2);
        assertThat(json.at("/1/scenario/load").asDouble()).isEqualTo(0.7);
        assertThat(json.at("/0/standings/8/contender").asText()).isEqualTo("KAGU");
        assertThat(json.at("/0/standings/8/medians/IDLE").asDouble()).isZero();
    }
}
