package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobPlace;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class PlaceQuestionsTest {

    private static final PlaceAnswer NOTHING_KNOWN = new PlaceAnswer.Told(List.of());

    private final PlaceQuestions questions = new PlaceQuestions();
    private final List<String> asked = new ArrayList<>();

    private Optional<JobPlace> unknown(String pool, String jobId) {
        asked.add(jobId);
        return Optional.empty();
    }

    private CompletableFuture<PlaceAnswer> ask(String... jobIds) {
        return questions.ask("p1", List.of(jobIds));
    }

    private static List<String> jobs(int count) {
        return IntStream.range(0, count).mapToObj(i -> "job-" + i).toList();
    }

    @Test
    void nobodyButTheTaskAnswers() {
        CompletableFuture<PlaceAnswer> answer = ask("job-1");

        assertThat(answer).isNotDone();
        questions.answer(this::unknown);
        assertThat(answer).isCompletedWithValue(NOTHING_KNOWN);
        assertThat(asked).containsExactly("job-1");
    }

    @Test
    void aTurnTellsOfNoMoreJobsThanIsBearableAndTheNextOneGoesOn() {
        for (int i = 0; i <= PlaceQuestions.MOST_AT_ONCE; i++) {
            ask("job-1");
        }

        questions.answer(this::unknown);
        assertThat(asked).hasSize(PlaceQuestions.MOST_AT_ONCE);
        questions.answer(this::unknown);
        assertThat(asked).hasSize(PlaceQuestions.MOST_AT_ONCE + 1);
    }

    @Test
    void aQuestionAboutManyIsAnsweredInOneTurn() {
        ask("before");
        CompletableFuture<PlaceAnswer> many =
                questions.ask("p1", jobs(PlaceQuestions.MOST_AT_ONCE));

        questions.answer(this::unknown);
        assertThat(asked).containsExactly("before");
        assertThat(many).isNotDone();

        questions.answer(this::unknown);
        assertThat(many).isDone();
    }

    @Test
    void oneJobTooManyIsRefusedAtOnce() {
        List<CompletableFuture<PlaceAnswer>> taken = new ArrayList<>();
        for (int jobs = 0; jobs < PlaceQuestions.MOST_WAITING; jobs += 64) {
            taken.add(questions.ask("p1", jobs(64)));
        }

        assertThat(ask("job-1")).isCompletedWithValue(new PlaceAnswer.Busy());
        assertThat(taken).noneMatch(CompletableFuture::isDone);

        questions.answer(this::unknown);
        assertThat(ask("job-1")).as("there is room again").isNotDone();
    }

    @Test
    void aQuestionThatNobodyWaitsForIsNotAnswered() {
        ask("job-1").cancel(false);
        CompletableFuture<PlaceAnswer> other = ask("job-2");

        questions.answer(this::unknown);

        assertThat(asked).containsExactly("job-2");
        assertThat(other).isDone();
    }

    @Test
    void anAnswerThatFailsHurtsItsAskerAlone() {
        CompletableFuture<PlaceAnswer> bad = ask("job-1");
        CompletableFuture<PlaceAnswer> good = ask("job-2");

        questions.answer((pool, jobId) -> {
            if (jobId.equals("job-1")) {
                throw new IllegalStateException("a bug");
            }
            return Optional.empty();
        });

        assertThat(bad).isCompletedExceptionally();
        assertThat(good).isCompletedWithValue(NOTHING_KNOWN);
    }

    @Test
    void whoWaitsWhenTheTaskIsGivenUpIsTurnedAwayAndSoIsWhoComesLater() {
        CompletableFuture<PlaceAnswer> before = ask("job-1");

        questions.close();

        assertThat(before).isCompletedWithValue(new PlaceAnswer.NotOwner());
        assertThat(ask("job-1")).isCompletedWithValue(new PlaceAnswer.NotOwner());
    }

    @Test
    void aTaskThatEndsLateDoesNotTakeTheDeskFromTheNext() {
        PlaceDesk desk = new PlaceDesk(1);
        PlaceQuestions first = desk.open(0);
        PlaceQuestions second = desk.open(0);

        desk.close(0, first);
        CompletableFuture<PlaceAnswer> answer = desk.ask("p1", List.of("job-1"));
        second.answer(this::unknown);

        assertThat(answer).isCompletedWithValue(NOTHING_KNOWN);
    }
}
