package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.RequeueProgress.State;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a run is, and what its canaries say. */
class RequeueProgressTest {

    private static final RequeueTarget FIRST = new RequeueTarget("job-1", 1);
    private static final RequeueTarget SECOND = new RequeueTarget("job-2", 1);

    @Test
    void aRunCountsWhatItSendsAndWhatIsGone() {
        RequeueProgress run = started(0).afterRequeue().afterSkip().afterRequeue();

        assertThat(run.state()).isEqualTo(State.SENDING);
        assertThat(run.requeued()).isEqualTo(2);
        assertThat(run.skipped()).isEqualTo(1);
        assertThat(run.canaries()).isZero();
    }

    @Test
    void canariesAreThoseThatGoBeforeTheOthersMay() {
        RequeueProgress run = started(1).afterRequeue().withCompleted(1).passed().afterRequeue();

        assertThat(run.state()).isEqualTo(State.SENDING);
        assertThat(run.canaries()).isEqualTo(1);
        assertThat(run.canariesCompleted()).isEqualTo(1);
        assertThat(run.requeued()).isEqualTo(2);
    }

    @Test
    void whatIsOverStaysAsItIs() {
        RequeueProgress stopped =
                started(1).ended(State.STOPPED, Optional.of("why"), JobStory.T0.plusSeconds(1));

        assertThat(stopped.ended(State.DONE, Optional.empty(), JobStory.T0)).isEqualTo(stopped);
        assertThat(stopped.passed()).isEqualTo(stopped);
        assertThat(stopped.endedAt()).contains(JobStory.T0.plusSeconds(1));
    }

    @Test
    void canariesThatHaveNotEndedAreWaitedFor() {
        assertThat(verdict(Map.of())).isEqualTo(new CanaryVerdict.Waiting(0));
        assertThat(verdict(Map.of("job-1", view("job-1", 2, JobStatus.COMPLETED))))
                .isEqualTo(new CanaryVerdict.Waiting(1));
    }

    @Test
    void theEndOfTheRunBeforeSaysNothing() {
        assertThat(verdict(Map.of("job-1", view("job-1", 1, JobStatus.DEAD))))
                .isEqualTo(new CanaryVerdict.Waiting(0));
    }

    @Test
    void allMustComplete() {
        assertThat(
                        verdict(
                                Map.of(
                                        "job-1", view("job-1", 2, JobStatus.COMPLETED),
                                        "job-2", view("job-2", 2, JobStatus.COMPLETED))))
                .isEqualTo(new CanaryVerdict.Passed());
    }

    @Test
    void oneThatEndsInAnotherWayFailsAll() {
        for (JobStatus end :
                new JobStatus[] {JobStatus.DEAD, JobStatus.CANCELLED, JobStatus.EXPIRED}) {
            assertThat(
                            verdict(
                                    Map.of(
                                            "job-1", view("job-1", 2, JobStatus.COMPLETED),
                                            "job-2", view("job-2", 2, end))))
                    .isEqualTo(new CanaryVerdict.Failed("job-2", end + ": some_code"));
        }
        assertThat(verdict(Map.of("job-2", view("job-2", 3, JobStatus.RUNNING))))
                .isInstanceOf(CanaryVerdict.Failed.class);
    }

    private static CanaryVerdict verdict(Map<String, JobView> known) {
        return CanaryVerdict.of(List.of(FIRST, SECOND), id -> Optional.ofNullable(known.get(id)));
    }

    private static JobView view(String id, int run, JobStatus state) {
        return new JobStory(id).ofRun(run, state);
    }

    private static RequeueProgress started(int canary) {
        byte[] body = "{\"canary\":%d}".formatted(canary).getBytes(StandardCharsets.UTF_8);
        return RequeueProgress.started(RequeueRequest.read(body), 5, false, JobStory.T0);
    }
}
