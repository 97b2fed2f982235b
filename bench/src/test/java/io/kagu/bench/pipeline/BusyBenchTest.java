package io.kagu.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.bench.core.BusyRun;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** That the benchmark measures what it says, never how fast this machine is. */
class BusyBenchTest {

    /** Slots × window cannot hold more; what is above is the rounding of clocks. */
    private static final double WHOLE = 1.0001;

    /** The bench itself fails if a GPU is oversold, a job called twice or the backlog empty. */
    @Test
    void theGpusAreAskedHowBusyTheyWere() throws Exception {
        List<String> progress = new ArrayList<>();
        BusyConfig config = new BusyConfig(2, 2, 50, 1, 4, 1);

        BusyReport report = new BusyBench(config, progress::add).run();

        BusyRun run = report.runs().getFirst();
        assertThat(run.busyShare()).isPositive().isLessThanOrEqualTo(WHOLE);
        assertThat(run.coldShare()).isPositive().isLessThanOrEqualTo(WHOLE);
        assertThat(run.callsPerSecond()).isPositive();
        assertThat(run.call().p50()).isGreaterThanOrEqualTo(50_000);
        assertThat(run.gap().p50()).isPositive().isLessThanOrEqualTo(run.gap().p99());
        assertThat(progress).hasSize(2);
        JsonNode json = Json.tree(report.json());
        assertThat(json.at("/median_share").asDouble()).isEqualTo(run.busyShare());
        assertThat(json.at("/config/gpus").asInt()).isEqualTo(2);
        assertThat(json.at("/verdict/text").asText()).contains("target");
    }

    @Test
    void theBacklogOutlastsTheWindow() {
        BusyConfig config = new BusyConfig(4, 8, 200, 10, 20, 1);

        assertThat(config.mostCallsPerSecond()).isEqualTo(160);
        assertThat(config.jobs()).isGreaterThan(160 * (10 + 20) + config.firstCalls() + 32);
    }

    @Test
    void aNumberOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> new BusyConfig(0, 1, 1, 1, 1, 1))
                .hasMessage("GPUs must be 1 to 100, not 0");
        assertThatThrownBy(() -> new BusyConfig(100, 1_000, 1, 1, 1, 1))
                .hasMessage("slots of all GPUs must be 1 to 2000, not 100000");
    }
}
