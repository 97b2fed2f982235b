package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class PlaceQuestionsTest {

    private static final JobKey JOB = new JobKey("p1", "job-1");

    private final PlaceQuestions questions = new PlaceQuestions();
    private final List<JobKey> asked = new ArrayList<>();

    private PlaceAnswer unknown(JobKey job) {
        asked.add(job);
        return new PlaceAnswer.UnknownJob();
    }

    @Test
    void nobodyButTheTaskAnswers() {
        CompletableFuture<PlaceAnswer> answer = questions.ask(JOB);

        assertThat(answer).isNotDone();
        questions.answer(this::unknown);
        assertThat(answer).isCompletedWithValue(new PlaceAnswer.UnknownJob());
        assertThat(asked).containsExactly(JOB);
    }

    @Test
    void aTurnAnswersNoMoreThanIsBearableAndTheNextOneGoesOn() {
        int more = PlaceQuestions.MOST_AT_ONCE + 1;
        for (int i = 0; i < more; i++) {
            questions.ask(JOB);
        }

        questions.answer(this::unknown);
        assertThat(asked).hasSize(PlaceQuestions.MOST_AT_ONCE);
        questions.answer(this::unknown);
        assertThat(asked).hasSize(more);
    }

    @Test
    void oneQuestionTooManyIsRefusedAtOnce() {
        List<CompletableFuture<PlaceAnswer>> taken = new ArrayList<>();
        for (int i = 0; i < PlaceQuestions.MOST_WAITING; i++) {
            taken.add(questions.ask(JOB));
        }

        assertThat(questions.ask(JOB)).isCompletedWithValue(new PlaceAnswer.Busy());
        assertThat(taken).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aQuestionThatNobodyWaitsForIsNotAnswered() {
        questions.ask(JOB).cancel(false);
        CompletableFuture<PlaceAnswer> other = questions.ask(new JobKey("p1", "job-2"));

        questions.answer(this::unknown);

        assertThat(asked).containsExactly(new JobKey("p1", "job-2"));
        assertThat(other).isDone();
    }

    @Test
    void anAnswerThatFailsHurtsItsAskerAlone() {
        CompletableFuture<PlaceAnswer> bad = questions.ask(JOB);
        CompletableFuture<PlaceAnswer> good = questions.ask(new JobKey("p1", "job-2"));

        questions.answer(job -> {
            if (job.equals(JOB)) {
                throw new IllegalStateException("a bug");
            }
            return new PlaceAnswer.UnknownJob();
        });

        assertThat(bad).isCompletedExceptionally();
        assertThat(good).isCompletedWithValue(new PlaceAnswer.UnknownJob());
    }

    @Test
    void whoWaitsWhenTheTaskIsGivenUpIsTurnedAwayAndSoIsWhoComesLater() {
        CompletableFuture<PlaceAnswer> before = questions.ask(JOB);

        questions.close();

        assertThat(before).isCompletedWithValue(new PlaceAnswer.NotOwner());
        assertThat(questions.ask(JOB)).isCompletedWithValue(new PlaceAnswer.NotOwner());
    }

    @Test
    void aTaskThatEndsLateDoesNotTakeTheDeskFromTheNext() {
        PlaceDesk desk = new PlaceDesk(1);
        PlaceQuestions first = desk.open(0);
        PlaceQuestions second = desk.open(0);

        desk.close(0, first);
        CompletableFuture<PlaceAnswer> answer = desk.ask("p1", "job-1");
        second.answer(this::unknown);

        assertThat(answer).isCompletedWithValue(new PlaceAnswer.UnknownJob());
    }
}
