package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

final class LineJobIdsTest {

    private static final IndexedLine.Job LINE = Lines.job(1, Priority.LOW);

    @Test
    void theSameLineHasAlwaysTheSameId() {
        assertThat(new LineJobIds("/r").id(LINE, 0)).isEqualTo(new LineJobIds("/r").id(LINE, 0));
        assertThat(JobIds.valid(new LineJobIds("/r").id(LINE, 0))).isTrue();
    }

    @Test
    void anotherFileLineOrGenerationHasAnotherId() {
        assertThat(
                        Stream.of(
                                new LineJobIds("/r").id(LINE, 0),
                                new LineJobIds("/s").id(LINE, 0),
                                new LineJobIds("/r").id(LINE, 1),
                                new LineJobIds("/r").id(Lines.job(2, Priority.LOW), 0)))
                .doesNotHaveDuplicates();
    }
}
