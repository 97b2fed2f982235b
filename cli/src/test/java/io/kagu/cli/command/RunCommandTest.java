package io.kagu.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

final class RunCommandTest {

    @Test
    void resultsGoBesideTheJobs() {
        assertThat(RunCommand.resultsBeside(Path.of("in", "jobs.jsonl")))
                .isEqualTo(Path.of("in", "jobs.results.jsonl"));
        assertThat(RunCommand.resultsBeside(Path.of("jobs.txt")))
                .isEqualTo(Path.of("jobs.txt.results.jsonl"));
    }
}
