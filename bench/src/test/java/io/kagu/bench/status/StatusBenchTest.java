package io.kagu.bench.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.bench.status.core.Answerer;
import io.kagu.bench.status.core.Question;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** That the benchmark asks what it says and checks the answers, never how fast this machine is. */
class StatusBenchTest {

    /** The bench itself fails if an answer is wrong or has another status than it should. */
    @Test
    void everybodyIsAskedEverything() throws Exception {
        List<String> progress = new ArrayList<>();
        StatusBenchConfig config = new StatusBenchConfig(300, 600, 2, 1, 1, 1, 50, 20);

        StatusReport report = new StatusBench(config, progress::add).run();

        assertThat(report.figures().turns()).as("%s", progress).hasSize(12);
        assertThat(report.figures().turns())
                .allMatch(turn -> turn.result().perSecond() > 0)
                .allMatch(turn -> turn.result().p50Micros() <= turn.result().p99Micros());
        assertThat(report.figures().median(Question.BY_ID, Answerer.CONSTANT)).isPresent();
        assertThat(report.figures().visibility().samples()).isEqualTo(5);
        assertThat(report.held().held()).isEqualTo(20);
        assertThat(report.lines()).filteredOn(line -> line.contains("(target: ")).hasSize(6);
        JsonNode json = Json.tree(report.json());
        assertThat(json.at("/config/large").asInt()).isEqualTo(600);
        assertThat(json.at("/verdicts")).hasSize(6);
    }

    @Test
    void aNumberOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> StatusBenchConfig.full().withRepeats(0))
                .hasMessage("repeats must be 1 to 100, not 0");
        assertThatThrownBy(() -> StatusBenchConfig.full().withLarge(10))
                .hasMessage("a store has 200 jobs at least");
    }
}
