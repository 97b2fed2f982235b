package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class FoldProgressTest {

    private final FoldProgress progress = new FoldProgress();

    @Test
    void nothingIsReachedInAPartitionThatIsNotOwned() {
        assertThat(progress.reached(3, 0)).isCompletedExceptionally();
    }

    @Test
    void anOffsetIsReachedOnceEverythingBeforeItIsFolded() {
        progress.opened(3);
        CompletableFuture<Void> reached = progress.reached(3, 10);

        progress.passed(3, 9);
        assertThat(reached).isNotDone();

        progress.passed(3, 10);
        assertThat(reached).isCompleted();
        assertThat(progress.reached(3, 10)).isCompleted();
    }

    @Test
    void untilItsFirstRecordTheFoldDoesNotKnowWhereItStands() {
        progress.opened(3);
        assertThat(progress.knows(3)).isFalse();

        progress.startedAt(3, 0);
        assertThat(progress.knows(3)).isTrue();
        assertThat(progress.reached(3, 0)).isCompleted();
    }

    @Test
    void learningTheStartLateTakesNothingBack() {
        progress.opened(3);
        progress.passed(3, 50);
        progress.startedAt(3, 10);

        assertThat(progress.reached(3, 50)).isCompleted();
    }

    @Test
    void whoWaitsForAPartitionThatMovesAwayIsTold() {
        progress.opened(3);
        CompletableFuture<Void> reached = progress.reached(3, 10);

        progress.closed(3);

        assertThat(reached).isCompletedExceptionally();
        assertThat(progress.reached(3, 0)).isCompletedExceptionally();
    }

    @Test
    void aPartitionThatComesBackStartsAnew() {
        progress.opened(3);
        progress.passed(3, 50);
        progress.closed(3);
        progress.opened(3);

        assertThat(progress.knows(3)).isFalse();
        assertThat(progress.reached(3, 50)).isNotDone();
    }
}
