package io.kagu.bench.status.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.stream.IntStream;

class NumberedJobsTest {

    private static final Instant LAST = Instant.parse("2026-01-02T03:04:05Z");
    private final NumberedJobs jobs = new NumberedJobs(250, LAST);

    @Test
    void theWaitingOnesAreThoseThatAreQueued() {
        assertThat(IntStream.range(0, jobs.waiting()).map(jobs::waiting).boxed())
                .containsExactlyElementsOf(
                        IntStream.range(0, jobs.count())
                                .filter(number -> jobs.state(number) == JobStatus.QUEUED)
                                .boxed()
                                .toList());
    }

    @Test
    void idsAndTimesGrowWithTheNumber() {
        for (int number = 1; number < jobs.count(); number++) {
            assertThat(JobIds.valid(jobs.id(number))).isTrue();
            assertThat(jobs.id(number)).isGreaterThan(jobs.id(number - 1));
            assertThat(jobs.submittedAt(number)).isAfter(jobs.submittedAt(number - 1));
        }
        assertThat(jobs.submittedAt(jobs.count() - 1)).isEqualTo(LAST);
    }

    @Test
    void theLastEventIsOfTheJobsState() {
        for (int number = 0; number < jobs.count(); number++) {
            assertThat(jobs.lastEvent(number).job().state()).isEqualTo(jobs.state(number));
            assertThat(jobs.lastEvent(number).job().id()).isEqualTo(jobs.id(number));
        }
    }
}
