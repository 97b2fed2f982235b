package io.kagu.bench.status.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.bench.core.Latency.Spread;
import io.kagu.bench.core.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class StatusFiguresTest {

    private static final Spread SOON = new Spread(5_000, 99_999);

    private final List<Turn> turns = new ArrayList<>();

    private void turn(Question question, Answerer answerer, double perSecond, long p99) {
        int repeat =
                (int)
                        turns.stream()
                                .filter(turn -> turn.question() == question)
                                .filter(turn -> turn.answerer() == answerer)
                                .count();
        turns.add(new Turn(question, answerer, repeat, new LoadResult(perSecond, p99 / 2, p99)));
    }

    private void levelTurns(double small, double large) {
        for (Question question :
                List.of(Question.PAGE, Question.FILTERED_PAGE, Question.POSITION)) {
            turn(question, Answerer.SMALL_STORE, small, 100);
            turn(question, Answerer.LARGE_STORE, large, 100);
        }
    }

    private StatusFigures figures(Spread ended) {
        return new StatusFigures(turns, new Visibility(10, 1_000, SOON, ended));
    }

    @Test
    void everyTargetCanBeReached() {
        turn(Question.BY_ID, Answerer.CONSTANT, 1_000, 100);
        turn(Question.BY_ID, Answerer.LARGE_STORE, 600, 499);
        levelTurns(100, 50);

        assertThat(figures(SOON).verdicts()).hasSize(6).allMatch(Verdict::met);
    }

    @Test
    void everyTargetCanBeMissed() {
        turn(Question.BY_ID, Answerer.CONSTANT, 1_000, 100);
        turn(Question.BY_ID, Answerer.LARGE_STORE, 599, 500);
        levelTurns(100, 49);

        assertThat(figures(new Spread(1, 100_000)).verdicts()).hasSize(6).noneMatch(Verdict::met);
    }

    /** The machine was slow in the second turn and quick in the third. */
    @Test
    void ratiosAreOfTheSameTurn() {
        turn(Question.BY_ID, Answerer.CONSTANT, 1_000, 100);
        turn(Question.BY_ID, Answerer.LARGE_STORE, 700, 200);
        turn(Question.BY_ID, Answerer.CONSTANT, 100, 1_000);
        turn(Question.BY_ID, Answerer.LARGE_STORE, 70, 2_000);
        turn(Question.BY_ID, Answerer.CONSTANT, 2_000, 50);
        turn(Question.BY_ID, Answerer.LARGE_STORE, 1_000, 150);

        assertThat(figures(SOON).ofConstant()).isEqualTo(0.7);
        assertThat(figures(SOON).tail()).isEqualTo(2);
        assertThat(figures(SOON).median(Question.BY_ID, Answerer.LARGE_STORE))
                .contains(new LoadResult(700, 100, 200));
        assertThat(figures(SOON).median(Question.POLL, Answerer.CONSTANT)).isEmpty();
    }
}
