package io.kagu.statusapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.LetterStory;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.RequeueProgress;
import io.kagu.statusapi.core.RequeueProgress.State;
import io.kagu.statusapi.core.RequeueRequest;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class RequeueRunsTest {

    private static final String FAST = "\"rate_per_second\":1000";

    private final RememberedLetters letters = new RememberedLetters();
    private final RequeueRuns runs = new RequeueRuns(letters, () -> JobStory.T0);

    @AfterEach
    void stop() {
        runs.close();
    }

    @Test
    void withoutCanariesAllGoInOrder() {
        remember(5);

        start(FAST);

        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(letters.requeued).containsExactly("job-0", "job-1", "job-2", "job-3", "job-4");
        assertThat(ended().requeued()).isEqualTo(5);
        assertThat(ended().endedAt()).contains(JobStory.T0);
    }

    @Test
    void theRestWaitsUntilAllCanariesHaveCompleted() {
        remember(5);
        start(FAST + ",\"canary\":2");
        await().until(() -> letters.requeued.size() == 2);

        letters.end("job-0", JobStatus.COMPLETED);
        await().until(() -> progress().canariesCompleted() == 1);
        assertThat(progress().state()).isEqualTo(State.CANARY);
        assertThat(letters.requeued).hasSize(2);

        letters.end("job-1", JobStatus.COMPLETED);
        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(letters.requeued).hasSize(5);
    }

    @Test
    void aCanaryThatDiesAgainStopsTheRun() {
        remember(5);
        start(FAST + ",\"canary\":2");

        letters.end("job-1", JobStatus.DEAD);

        assertThat(ended().state()).isEqualTo(State.STOPPED);
        assertThat(ended().detail()).contains("canary job-1 ended DEAD: some_code");
        assertThat(letters.requeued).containsExactly("job-0", "job-1");
    }

    @Test
    void aLetterThatIsGoneIsSkippedAndNoCanary() {
        remember(3);
        letters.gone.add("job-0");
        letters.end("job-1", JobStatus.COMPLETED);

        start(FAST + ",\"canary\":1");

        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(ended().skipped()).isEqualTo(1);
        assertThat(ended().canaries()).isEqualTo(1);
        assertThat(letters.requeued).containsExactly("job-1", "job-2");
    }

    @Test
    void aRunWaitsOutABrokerThatIsAwayForAMoment() {
        remember(1);
        letters.notReady = 1;

        start(FAST);

        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(letters.requeued).containsExactly("job-0");
    }

    @Test
    void theRateIsHeld() {
        remember(4);
        long begin = System.nanoTime();

        start("\"rate_per_second\":20");

        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void oneRunAtATimeAndItCanBeStopped() {
        remember(100);
        start("\"rate_per_second\":0.01");
        await().until(() -> letters.requeued.size() == 1);

        RequeueRuns.Start second = runs.start(request(FAST));
        assertThat(second).isInstanceOf(RequeueRuns.Start.Busy.class);

        assertThat(runs.stop().orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(runs.stop().orElseThrow().detail()).contains("stopped by an operator");
        assertThat(runs.start(request(FAST))).isInstanceOf(RequeueRuns.Start.Started.class);
    }

    @Test
    void withoutARunThereIsNothingToTellOrToStop() {
        assertThat(runs.progress()).isEmpty();
        assertThat(runs.stop()).isEmpty();
    }

    @Test
    void aRunThatCannotSayWhichLettersThereAreNeverBegins() {
        letters.readable = false;

        assertThatThrownBy(() -> start(FAST)).isInstanceOf(InvalidStateStoreException.class);
        assertThat(runs.progress()).isEmpty();
    }

    private void remember(int count) {
        for (int i = 0; i < count; i++) {
            letters.heads.add(
                    LetterRow.of(new LetterStory("job-" + i).letter(), new byte[0]).head());
        }
    }

    private void start(String fields) {
        assertThat(runs.start(request(fields))).isInstanceOf(RequeueRuns.Start.Started.class);
    }

    private static RequeueRequest request(String fields) {
        return RequeueRequest.read(("{" + fields + "}").getBytes(StandardCharsets.UTF_8));
    }

    private RequeueProgress progress() {
        return runs.progress().orElseThrow();
    }

    private RequeueProgress ended() {
        return await().atMost(Duration.ofSeconds(30))
                .until(this::progress, progress -> progress.state().ended());
    }
}
