package io.kagu.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.bench.core.Verdict;
import io.kagu.bench.decision.Backlog.Size;
import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.List;

class CoreReportTest {

    private static Cost cost(int waiting, int gpus, double nanos) {
        return new Cost(new Size(waiting, gpus, 1), nanos, nanos / 10, 1_000, nanos / 4);
    }

    private static CoreReport report(Cost... costs) {
        return new CoreReport(CoreConfig.quick(), List.of(costs), List.of());
    }

    @Test
    void theRateIsJudgedByTheSlowestRunAtTheTargetsSize() {
        Cost ofManyTenants = new Cost(new Size(100_000, 100, 1_000), 5_001, 1, 1_000, 1_000);

        assertThat(report(cost(100_000, 100, 5_000)).verdicts())
                .extracting(Verdict::met)
                .containsExactly(true);
        assertThat(report(cost(100_000, 100, 5_000), ofManyTenants).verdicts())
                .extracting(Verdict::met)
                .containsExactly(false);
    }

    @Test
    void aBacklogAThousandTimesAsLongMayDoubleTheCost() {
        assertThat(report(cost(1_000, 3, 100), cost(1_000_000, 3, 200)).verdicts())
                .extracting(Verdict::line)
                .containsExactly(
                        "reached: the longest backlog makes a decision 2.00 +- 0.28 times as long,"
                                + " at worst, with 3 GPUs and 1 tenants (target: log n, at most"
                                + " 2.00)");
        assertThat(report(cost(1_000, 3, 100), cost(1_000_000, 3, 201)).verdicts())
                .extracting(Verdict::met)
                .containsExactly(false);
    }

    @Test
    void aPositionAmongAMillionIsJudgedByTheSlowest() {
        List<Cost> ranks = List.of(cost(1_000_000, 3, 9_999), cost(1_000, 3, 10_000));
        CoreReport fast = new CoreReport(CoreConfig.quick(), List.of(), ranks);
        CoreReport slow =
                new CoreReport(CoreConfig.quick(), List.of(), List.of(cost(1_000_000, 3, 10_000)));

        assertThat(fast.verdicts()).extracting(Verdict::met).containsExactly(true);
        assertThat(slow.verdicts()).extracting(Verdict::met).containsExactly(false);
    }

    @Test
    void growthIsJudgedWithOneNumberOfGpusAtATime() {
        assertThat(report(cost(1_000, 3, 100), cost(1_000_000, 5_000, 900)).verdicts()).isEmpty();
    }

    @Test
    void allFiguresAreThereForPeopleAndForMachines() {
        CoreReport report = report(cost(1_000, 3, 100), cost(1_000_000, 3, 150));
        JsonNode json = Json.tree(report.json());

        assertThat(report.lines()).anyMatch(line -> line.contains("10,000,000"));
        assertThat(report.lines()).anyMatch(line -> line.contains("40,000,000"));
        assertThat(json.at("/decisions/1/size/waiting").asInt()).isEqualTo(1_000_000);
        assertThat(json.at("/verdicts")).hasSize(1);
    }
}
