package io.kagu.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.bench.decision.Backlog.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** That the benchmark runs, never how fast this machine is. */
class CoreBenchTest {

    @Test
    void everySizeIsMeasured() {
        List<String> progress = new ArrayList<>();
        List<Size> sizes = List.of(new Size(20, 3, 1), new Size(60, 3, 1));

        CoreReport report =
                new CoreBench(new CoreConfig(sizes, sizes, 0, 0, 1, 5), progress::add).run();

        assertThat(report.decisions()).extracting(Cost::size).isEqualTo(sizes);
        assertThat(report.ranks()).extracting(Cost::size).isEqualTo(sizes);
        assertThat(report.decisions()).allMatch(cost -> cost.nanos() > 0 && cost.bytes() > 0);
        assertThat(report.decisions())
                .allMatch(cost -> cost.grantNanos() > 0 && cost.grantNanos() < cost.nanos());
        assertThat(report.verdicts()).hasSize(1);
        assertThat(progress).hasSize(4);
    }
}
