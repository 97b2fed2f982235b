package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

final class SummaryTest {

    private final Summary summary = new Summary();

    @Test
    void countsAndTimesPerLaneAndGpu() {
        summary.add(Priority.HIGH, Lines.end(1, LineState.COMPLETED));
        summary.add(Priority.LOW, Lines.end(2, LineState.COMPLETED));
        summary.add(Priority.LOW, Lines.end(3, LineState.DEAD));
        summary.addMalformed();

        assertThat(summary.lines())
                .containsExactly(
                        "lane  jobs  completed  wait p50     p95  run p50    p95",
                        "high     1          1    1.50 s  1.50 s    40 ms  40 ms",
                        "low      2          1    1.50 s  1.50 s    40 ms  40 ms",
                        "",
                        "gpu    jobs  completed  wait p50     p95  run p50    p95",
                        "gpu-a     3          2    1.50 s  1.50 s    40 ms  40 ms",
                        "",
                        "4 lines: 2 completed, 1 dead, 1 invalid");
    }

    @Test
    void onlyCompletedLinesMakeASuccess() {
        summary.add(Priority.HIGH, Lines.end(1, LineState.COMPLETED));
        assertThat(summary.allCompleted()).isTrue();

        summary.addMalformed();
        assertThat(summary.allCompleted()).isFalse();
    }

    @Test
    void aLineWithoutACallHasNoTimes() {
        LineEnd.Fault fault = new LineEnd.Fault("x", "y");
        IndexedLine.Job line = Lines.job(1, Priority.NORMAL);
        summary.add(Priority.NORMAL, LineEnd.without(line, 0, LineState.CANCELLED, fault));

        assertThat(summary.lines())
                .contains("normal     1          0         -    -        -    -")
                .contains("1 line: 1 cancelled");
    }
}
