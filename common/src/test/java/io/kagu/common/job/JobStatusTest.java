package io.kagu.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobStatusTest {

    @ParameterizedTest
    @CsvSource({
        "QUEUED, false",
        "RUNNING, false",
        "RETRYING, false",
        "COMPLETED, true",
        "DEAD, true",
        "CANCELLED, true",
        "EXPIRED, true"
    })
    void onlyEndedStatesAreTerminal(JobStatus status, boolean terminal) {
        assertThat(status.terminal()).isEqualTo(terminal);
    }
}
