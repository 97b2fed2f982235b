package io.kagu.bench.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.bench.core.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Virtual time: every machine finds the same. */
class RoutingBenchTest {

    private static final Scenario NEAR_SATURATION = new Scenario(0.9, 12, 1_000);

    @Test
    void kaguIsAheadOnEachFigure() {
        List<String> progress = new ArrayList<>();

        RoutingReport report = new RoutingBench(5, progress::add).run(NEAR_SATURATION);

        assertThat(report.verdicts())
                .extracting(Verdict::line)
                .allMatch(l -> l.startsWith("reached"));
        assertThat(report.lines()).anyMatch(line -> line.startsWith("kagu / best other"));
        assertThat(progress).hasSize(1);
    }

    @Test
    void theSameSeedsFindTheSame() {
        RoutingReport once = new RoutingBench(2, _ -> {}).run(NEAR_SATURATION);
        RoutingReport again = new RoutingBench(2, _ -> {}).run(NEAR_SATURATION);

        assertThat(once).isEqualTo(again);
    }

    @Test
    void aBenchmarkOfNothingIsRefused() {
        assertThatThrownBy(() -> new RoutingBench(0, _ -> {}))
                .hasMessage("seeds must be at least 1, not 0");
    }
}
