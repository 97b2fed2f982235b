package io.kagu.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kagu.common.Samples;
import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class PendingJobsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private PendingJobs jobs(int bound, Duration submitWait, Duration responseWait) {
        return new PendingJobs(
                PublisherConfig.of("test").pending(bound, submitWait).responseWait(responseWait),
                executor);
    }

    private PendingJobs jobs(int bound) {
        return jobs(bound, Duration.ZERO, Duration.ofMinutes(1));
    }

    private static JobResponse response(String id) {
        return new JobResponse(id, 200, "application/json", Body.of("{}"), "gpu-a", 1);
    }

    @Test
    void aResponseCompletesItsJobAndMakesRoom() throws Exception {
        PendingJobs jobs = jobs(1);
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.answered(response("a"));

        assertThat(first).succeedsWithin(SOON).isEqualTo(response("a"));
        assertThat(jobs.size()).isZero();
        assertThat(jobs.open("b")).isNotDone();
    }

    @Test
    void aSecondResponseAndOneOfAnUnknownJobChangeNothing() throws Exception {
        PendingJobs jobs = jobs(2);
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.answered(response("a"));
        jobs.answered(response("a"));
        jobs.answered(response("b"));

        assertThat(first).succeedsWithin(SOON);
        assertThat(jobs.open("c")).isNotDone();
        assertThat(jobs.open("d")).isNotDone();
        assertThatThrownBy(() -> jobs.open("e")).isInstanceOf(PublishException.class);
    }

    @Test
    void theSameJobAgainSharesItsFutureAndItsRoom() throws Exception {
        PendingJobs jobs = jobs(2);

        assertThat(jobs.open("a")).isSameAs(jobs.open("a"));
        assertThat(jobs.open("b")).isNotDone();
    }

    @Test
    void overTheBoundASubmitFailsClearly() throws Exception {
        PendingJobs jobs = jobs(1);
        CompletableFuture<JobResponse> first = jobs.open("a");

        assertThatThrownBy(() -> jobs.open("b"))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("1 jobs wait for their responses and none came in 0 ms");
        assertThat(first).isNotDone();
        assertThat(jobs.contains("b")).isFalse();
    }

    @Test
    void aSubmitThatWaitsGoesOnWhenThereIsRoom() throws Exception {
        PendingJobs jobs = jobs(1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        CompletableFuture<JobResponse> first = jobs.open("a");
        CompletableFuture<Boolean> second =
                first.thenApply(_ -> {
                    try {
                        return !jobs.open("b").isDone();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });

        jobs.answered(response("a"));

        assertThat(second).succeedsWithin(SOON).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEAD", "CANCELLED", "EXPIRED"})
    void anEndWithoutResponseFailsWithStateAndReason(JobStatus state) throws Exception {
        PendingJobs jobs = jobs(1);
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.ended(Samples.ended("a", state));

        assertThat(first)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(type(JobEndedException.class))
                .satisfies(end -> {
                    assertThat(end.jobId()).isEqualTo("a");
                    assertThat(end.state()).isEqualTo(state);
                    assertThat(end.reasonCode()).isEqualTo("rejected");
                    assertThat(end).hasMessage("job a is %s: the GPU answered 400", state);
                });
        assertThat(jobs.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "RUNNING", "RETRYING"})
    void aLiveStateChangesNothing(JobStatus state) throws Exception {
        PendingJobs jobs = jobs(1, Duration.ZERO, Duration.ZERO);
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.ended(Samples.ended("a", state));
        jobs.answered(response("a"));

        assertThat(first).succeedsWithin(SOON);
    }

    @Test
    void aResponseMayComeAfterTheWordOfItsCompletion() throws Exception {
        PendingJobs jobs = jobs(1);
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.ended(Samples.ended("a", JobStatus.COMPLETED));
        jobs.answered(response("a"));

        assertThat(first).succeedsWithin(SOON);
    }

    @Test
    void aCompletionWhoseResponseNeverComesSaysWhereItCanBeHad() throws Exception {
        PendingJobs jobs = jobs(1, Duration.ZERO, Duration.ofMillis(1));
        CompletableFuture<JobResponse> first = jobs.open("a");

        jobs.ended(Samples.ended("a", JobStatus.COMPLETED));

        assertThat(first)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ResponseMissedException.class)
                .withMessageContaining("GET /v1/jobs/a/result");
        assertThat(jobs.size()).isZero();
    }

    @Test
    void aCallerWhoGivesUpMakesRoom() throws Exception {
        PendingJobs jobs = jobs(1);

        jobs.open("a").cancel(false);

        assertThat(jobs.contains("a")).isFalse();
        assertThat(jobs.open("b")).isNotDone();
    }

    @Test
    void onceStoppedNothingWaitsAnyMore() throws Exception {
        PendingJobs jobs = jobs(2);
        CompletableFuture<JobResponse> first = jobs.open("a");
        CompletableFuture<JobResponse> cancelled = jobs.open("b");
        cancelled.cancel(false);

        jobs.stop(new PublishException("closed"));

        assertThat(first)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(PublishException.class);
        assertThat(cancelled).isCancelled();
        assertThatThrownBy(() -> jobs.open("c")).hasMessage("closed");
        assertThat(jobs.size()).isZero();
    }
}
