package io.kagu.statusapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.ResponseHead;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.RowDoor;
import io.kagu.statusapi.fold.JobWaiters;
import io.kagu.statusapi.fold.WaitersDoor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class JobQuestionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final JobStory story = new JobStory("job-1");
    private final RememberedJobs reader = new RememberedJobs();
    private final JobWaiters waiters = new JobWaiters(10);
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private final JobQuestions questions = new JobQuestions(reader, waiters, askers);

    @AfterEach
    void sendHome() {
        waiters.close();
        askers.close();
    }

    @Test
    void aKnownJobIsFoundAtOnce() {
        remember(story.queued());

        assertThat(questions.find("job-1").join()).isEqualTo(new Lookup.Found(story.queued()));
    }

    @Test
    void aJobThatWasJustAcceptedIsWaitedFor() throws Exception {
        CompletableFuture<Lookup> answer = asked(questions.find("job-1"));

        remember(story.accepted());
        WaitersDoor.changed(waiters, "job-1");

        assertThat(answer.get()).isEqualTo(new Lookup.Found(story.accepted()));
    }

    @Test
    void aJobIsAbsentOnlyOnceTheFoldHasReadAllThatStoodThere() throws Exception {
        CompletableFuture<Lookup> answer = asked(questions.find("job-1"));

        reader.caughtUp.complete(null);

        assertThat(answer.get()).isEqualTo(new Lookup.Absent());
    }

    @Test
    void aFoldThatCannotSayHowFarItIsIsNotReady() {
        reader.caughtUp.completeExceptionally(new IllegalStateException("no broker"));

        assertThat(questions.find("job-1").join()).isEqualTo(new Lookup.NotReady());
    }

    @Test
    void storesThatMoveAreNotReadyAndNeverAbsent() {
        reader.readable = false;
        reader.caughtUp.complete(null);

        assertThat(questions.find("job-1").join()).isEqualTo(new Lookup.NotReady());
        assertThat(questions.result("job-1", LONG).join()).isEqualTo(new ResultLookup.NotReady());
    }

    @Test
    void anIdThatNoJobCanHaveIsAbsentWithoutAsking() {
        reader.readable = false;

        assertThat(questions.find("../etc").join()).isEqualTo(new Lookup.Absent());
    }

    @Test
    void aLongPollEndsWithTheResponseWhicheverTopicIsReadFirst() throws Exception {
        remember(story.running());
        CompletableFuture<ResultLookup> answer = asked(questions.result("job-1", LONG));

        remember(story.completed());
        WaitersDoor.changed(waiters, "job-1");
        assertThat(answer).isNotDone();

        ResultRow response = response();
        reader.results.put("job-1", response);
        WaitersDoor.changed(waiters, "job-1");

        assertThat(answer.get()).isEqualTo(new ResultLookup.Answered(response));
    }

    @Test
    void aLongPollEndsWithAJobThatDies() throws Exception {
        remember(story.running());
        CompletableFuture<ResultLookup> answer = asked(questions.result("job-1", LONG));

        JobView dead = story.ended(JobStatus.DEAD, "rejected");
        remember(dead);
        WaitersDoor.changed(waiters, "job-1");

        assertThat(answer.get()).isEqualTo(new ResultLookup.Failed(dead));
    }

    @Test
    void withoutAWaitThePresentIsTold() {
        remember(story.running());

        assertThat(questions.result("job-1", Duration.ZERO).join())
                .isEqualTo(new ResultLookup.Waiting(story.running()));
    }

    @Test
    void aResponseThatIsNotThereYetIsWaitedFor() {
        remember(story.completed());

        assertThat(questions.result("job-1", Duration.ZERO).join())
                .isEqualTo(new ResultLookup.Waiting(story.completed()));
    }

    @Test
    void aLongPollOutlivesARebalance() throws Exception {
        remember(story.running());
        CompletableFuture<ResultLookup> answer = asked(questions.result("job-1", LONG));

        reader.readable = false;
        WaitersDoor.allChanged(waiters);
        assertThat(answer).isNotDone();

        JobView dead = story.ended(JobStatus.DEAD, "rejected");
        remember(dead);
        reader.readable = true;
        WaitersDoor.allChanged(waiters);

        assertThat(answer.get()).isEqualTo(new ResultLookup.Failed(dead));
    }

    @Test
    void whenTheServiceEndsEverybodyIsToldThePresent() throws Exception {
        remember(story.running());
        CompletableFuture<ResultLookup> answer = asked(questions.result("job-1", LONG));

        waiters.close();

        assertThat(answer.get()).isEqualTo(new ResultLookup.Waiting(story.running()));
    }

    @Test
    void whenAllPlacesAreTakenNobodyWaits() {
        remember(story.running());
        JobQuestions full = new JobQuestions(reader, new JobWaiters(0), askers);

        assertThat(full.result("job-1", LONG).join())
                .isEqualTo(new ResultLookup.Waiting(story.running()));
        assertThat(full.find("job-2").join()).isEqualTo(new Lookup.NotReady());
    }

    /** Returns once the question waits. */
    private <T> CompletableFuture<T> asked(CompletableFuture<T> answer) {
        await().until(() -> waiters.count() == 1);
        assertThat(answer).isNotDone();
        return answer;
    }

    private void remember(JobView view) {
        reader.views.put(view.id(), RowDoor.row(view));
    }

    private static ResultRow response() {
        return ResultRow.of(new ResponseHead(200, "text/plain", "gpu", 1), new byte[] {1});
    }
}
