package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.Optional;

final class ResumeTest {

    private static final IndexedLine.Job LINE = Lines.job(1, Priority.NORMAL);

    private static LineEnd ended(LineState state, int generation, String content) {
        return new LineEnd(
                "job-1",
                Optional.empty(),
                state,
                generation,
                content,
                CallFacts.NONE,
                Optional.empty());
    }

    private static Resume after(LineState state, boolean retryDead) {
        return Resume.decide(LINE, Optional.of(ended(state, 2, LINE.content())), retryDead);
    }

    @Test
    void aNewLineIsSubmitted() {
        assertThat(Resume.decide(LINE, Optional.empty(), false)).isEqualTo(new Resume.Submit(0));
    }

    @Test
    void aCompletedLineIsKept() {
        assertThat(after(LineState.COMPLETED, true)).isEqualTo(new Resume.Keep());
    }

    @Test
    void aChangedLineIsANewJob() {
        LineEnd before = ended(LineState.COMPLETED, 2, "other");

        assertThat(Resume.decide(LINE, Optional.of(before), false)).isEqualTo(new Resume.Submit(0));
    }

    @Test
    void aWithdrawnLineIsSubmittedAsANewJob() {
        assertThat(after(LineState.CANCELLED, false)).isEqualTo(new Resume.Submit(3));
        assertThat(after(LineState.EXPIRED, false)).isEqualTo(new Resume.Submit(3));
    }

    @Test
    void anUnfinishedLineIsSubmittedAsTheSameJob() {
        assertThat(after(LineState.UNFINISHED, false)).isEqualTo(new Resume.Submit(2));
    }

    @Test
    void aRefusedLineIsTriedAgain() {
        assertThat(after(LineState.INVALID, false)).isEqualTo(new Resume.Submit(2));
    }

    @Test
    void aDeadLineIsRunAnewOnlyWhenAsked() {
        assertThat(after(LineState.DEAD, false)).isEqualTo(new Resume.Keep());
        assertThat(after(LineState.DEAD, true)).isEqualTo(new Resume.Submit(3));
    }
}
