package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InputIndexTest {

    private final InputIndex index = new InputIndex();

    private void add(int number, String line) {
        index.add(number, new LineParser(1000).parse(number, line), 10L * number, 10);
    }

    @Test
    void aSecondLineWithTheSameIdIsMalformed() {
        add(1, "{\"id\":\"a\",\"model\":\"m\",\"payload\":{}}");
        add(2, "{\"id\":\"b\",\"model\":\"m\",\"payload\":{}}");
        add(3, "{\"id\":\"a\",\"model\":\"m\",\"payload\":{\"x\":1}}");

        assertThat(index.jobs()).extracting(IndexedLine.Job::number).containsExactly(1, 2);
        assertThat(index.malformed())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.number()).isEqualTo(3);
                    assertThat(line.faults().getFirst()).contains("already that of line 1");
                });
    }

    @Test
    void aMalformedLineDoesNotTakeAnId() {
        add(1, "{\"id\":\"a\"}");
        add(2, "{\"id\":\"a\",\"model\":\"m\",\"payload\":{}}");

        assertThat(index.jobs()).hasSize(1);
        assertThat(index.lines()).hasSize(2);
    }
}
