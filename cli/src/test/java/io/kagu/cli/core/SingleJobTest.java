package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Optional;

final class SingleJobTest {

    private static JobRequest read(String input, Optional<String> model) {
        String line = SingleJob.asLine(input, model, Optional.of("low"));
        return ((ParsedLine.Good) new LineParser(1000).parse(1, line)).request();
    }

    @Test
    void aBodyIsTakenAsItIs() {
        JobRequest job = read(" {\"model\": \"m\",\n\"x\":1.0}\n", Optional.empty());

        assertThat(job.body()).isEqualTo("{\"model\": \"m\",\n\"x\":1.0}");
        assertThat(job.priority().word()).isEqualTo("low");
    }

    @Test
    void aJobInTheFormOfALineIsUnderstood() {
        JobRequest job = read("{\"priority\":\"high\",\"payload\":{\"x\":1}}", Optional.of("n"));

        assertThat(job.model()).isEqualTo("n");
        assertThat(job.priority().word()).isEqualTo("low");
    }

    @Test
    void whatIsNoJsonIsLeftToTheParser() {
        String line = SingleJob.asLine("hello", Optional.empty(), Optional.empty());

        assertThat(new LineParser(1000).parse(1, line)).isInstanceOf(ParsedLine.Bad.class);
    }
}
