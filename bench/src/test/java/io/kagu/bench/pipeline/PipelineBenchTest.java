package io.kagu.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.bench.core.Run;
import io.kagu.bench.core.Side;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** That the benchmark measures what it says, never how fast this machine is. */
class PipelineBenchTest {

    /** The bench itself fails if a job has no result or was not called exactly once. */
    @Test
    void everyJobGoesThroughBothSidesOnce() throws Exception {
        List<String> progress = new ArrayList<>();
        PipelineConfig config = new PipelineConfig(200, 20, 1, 50, 1, 8);

        PipelineReport report = new PipelineBench(config, progress::add).run();

        assertThat(report.runs()).extracting(Run::side).containsExactly(Side.KAGU, Side.BARE);
        assertThat(report.runs()).allMatch(run -> run.jobsPerSecond() > 0);
        assertThat(report.runs()).allMatch(run -> run.heapBytes() > 0);
        assertThat(report.runs()).allMatch(run -> run.atHalf().call().p50() > 0);
        assertThat(progress).hasSize(3);
        JsonNode json = Json.tree(report.json());
        assertThat(json.at("/runs/1/side").asText()).isEqualTo("BARE");
        assertThat(json.at("/medians")).isNotEmpty();
        assertThat(json.at("/verdicts")).hasSize(2);
    }

    @Test
    void aNumberOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> new PipelineConfig(0, 1, 1, 1, 1, 1))
                .hasMessage("jobs must be 1 to 1000000, not 0");
        assertThatThrownBy(() -> new PipelineConfig(1, 1, 1, 1, 1, 5_000))
                .hasMessage("slots must be 1 to 2000, not 5000");
    }
}
