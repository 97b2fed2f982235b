package io.kagu.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.Finding;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A short run: that the guarantees hold, never how fast this machine is. */
class ChaosBenchTest {

    private static final List<FaultKind> KINDS =
            List.of(
                    FaultKind.KILL_DISPATCHER,
                    FaultKind.KILL_BROKER,
                    FaultKind.GPU_DISCONNECTS,
                    FaultKind.DUPLICATES,
                    FaultKind.CANCELS,
                    FaultKind.GARBAGE);

    @Test
    void theGuaranteesHoldWhileAnOwnerAndABrokerAreKilled() throws Exception {
        List<String> progress = new ArrayList<>();
        ChaosConfig config =
                new ChaosConfig(7, 300, KINDS.size(), 2, new ChaosConfig.Size(3, 2, 1), KINDS);

        ChaosReport report = new ChaosBench(config, progress::add).run();

        assertThat(report.findings())
                .as("%s%n%s", progress, report.lines())
                .hasSize(7)
                .allMatch(Finding::held)
                .allMatch(finding -> finding.checked() > 0);
        assertThat(report.incidents()).hasSize(KINDS.size());
        assertThat(report.figures().takeovers()).isNotEmpty();
        assertThat(report.figures().spilled()).isPositive();
        JsonNode json = Json.tree(report.json());
        assertThat(json.at("/findings/0/guarantee").asText()).isEqualTo("nothing lost");
        assertThat(json.at("/verdicts")).hasSize(3);
    }

    @Test
    void aNumberOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> ChaosConfig.full(1, 0, 1, 1))
                .hasMessage("jobs must be 1 to 250000, not 0");
    }
}
