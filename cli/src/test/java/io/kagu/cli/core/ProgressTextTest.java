package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ProgressTextTest {

    private final ProgressText text = new ProgressText(false);

    private static Progress at(long millis, int high, int low) {
        return new Progress(
                millis,
                Map.of(
                        Priority.HIGH, new LaneCount(10, high, 0),
                        Priority.LOW, new LaneCount(100, low, 1)),
                Optional.empty());
    }

    @Test
    void aBarPerLaneWithRateAndTimeLeft() {
        text.bars(at(0, 0, 1), 70);

        assertThat(text.bars(at(2000, 5, 11), 70))
                .containsExactly(
                        "high   ###########...........        5/10     2.5/s  2 s left",
                        "low    ##....................      11/100     5.0/s  18 s left",
                        "16 of 110 done, 1 not completed, 7.5/s, 13 s left");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        assertThat(text.bars(at(0, 3, 5), 30)).allMatch(line -> line.length() <= 30);
    }

    @Test
    void aFinishedLaneSaysSo() {
        assertThat(text.bars(at(0, 10, 5), 80).getFirst()).endsWith("done");
    }

    @Test
    void oneLineForLogs() {
        assertThat(text.line(at(0, 3, 5)))
                .isEqualTo("8 of 110 done, 1 not completed, 0.0/s | high 3/10 | low 5/100");
    }

    @Test
    void whatHoldsTheRunUpIsSaid() {
        Progress full = new Progress(0, Map.of(), Optional.of("server: queue_full"));

        assertThat(text.line(full)).contains("(server: queue_full)");
    }

    @Test
    void unicodeTerminalsGetFullBlocks() {
        List<String> bars = new ProgressText(true).bars(at(0, 5, 5), 80);

        assertThat(bars.getFirst()).contains("█").contains("░");
    }
}
