package io.kagu.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A short run: that every job ends and all is measured; what stays flat only a long one tells. */
class SoakBenchTest {

    private static final int JOBS = 1_500;

    @Test
    void everyJobEndsAndEveryFigureIsSeen() throws Exception {
        List<String> progress = new ArrayList<>();

        SoakReport report = new SoakBench(new SoakConfig(JOBS, 100, 1), progress::add).run();

        assertThat(report.samples().getLast().jobs()).as("%s", progress).isEqualTo(JOBS);
        assertThat(report.trends()).hasSameSizeAs(Gauges.NAMES);
        assertThat(report.samples().getLast().figures()).allMatch(bytes -> bytes > 0);
        assertThat(report.lines()).anyMatch(line -> line.startsWith("1,500 jobs in "));
    }

    @Test
    void aNumberOutOfBoundsIsNamed() {
        assertThatThrownBy(() -> new SoakConfig(0, 1, 1))
                .hasMessage("jobs must be 1 to 100000000, not 0");
    }
}
