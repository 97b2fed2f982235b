package io.kagu.bench.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.bench.core.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Virtual time: every machine finds the same. */
class RoutingBenchTest {

    private static final Scenario NEAR_SATURATION = Scenario.atLoad(0.9);
    private static final Scenario SMALL = new Scenario(0.9, 12, 200);

    /** With fewer seeds the makespan is that of one long job at the end. */
    @Test
    void kaguIsAheadOnEachFigure() {
        List<String> progress = new ArrayList<>();

        RoutingReport report = new RoutingBench(10, progress::add).run(NEAR_SATURATION);

        assertThat(report.verdicts())
                .extracting(Verdict::line)
                .allMatch(l -> l.startsWith("reached"));
        assertThat(report.lines()).anyMatch(line -> line.startsWith("kagu / best usual"));
        assertThat(progress).hasSize(1);
    }

    @Test
    void theSameSeedsFindTheSame() {
        RoutingReport once = new RoutingBench(2, _ -> {}).run(SMALL);
        RoutingReport again = new RoutingBench(2, _ -> {}).run(SMALL);

        assertThat(once).isEqualTo(again);
    }

    @Test
    void aBenchmarkOfNothingIsRefused() {
        assertThatThrownBy(() -> new RoutingBench(0, _ -> {}))
                .hasMessage("seeds must be at least 1, not 0");
    }
}
