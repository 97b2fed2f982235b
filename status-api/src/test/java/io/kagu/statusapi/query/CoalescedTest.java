package io.kagu.statusapi.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class CoalescedTest {

    private final List<CompletableFuture<String>> calls = new ArrayList<>();
    private final Coalesced<String> question =
            new Coalesced<>(() -> {
                calls.add(new CompletableFuture<>());
                return calls.getLast();
            });

    @Test
    void whoeverAsksDuringACallSharesTheNextOne() {
        CompletableFuture<String> first = question.ask();
        CompletableFuture<String> second = question.ask();
        CompletableFuture<String> third = question.ask();
        assertThat(calls).hasSize(1);

        calls.get(0).complete("one");
        assertThat(first).isCompletedWithValue("one");
        assertThat(second).isNotDone();
        assertThat(calls).hasSize(2);

        calls.get(1).complete("two");
        assertThat(second).isCompletedWithValue("two");
        assertThat(third).isCompletedWithValue("two");
        assertThat(calls).hasSize(2);
    }

    @Test
    void anAnswerThatCameIsNotGivenToLaterAskers() {
        question.ask();
        calls.get(0).complete("one");

        assertThat(question.ask()).isNotDone();
        assertThat(calls).hasSize(2);
    }

    @Test
    void aFailureReachesThoseWhoAskedAndNobodyLater() {
        CompletableFuture<String> first = question.ask();
        CompletableFuture<String> second = question.ask();

        calls.get(0).completeExceptionally(new IllegalStateException("no broker"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();

        calls.get(1).completeExceptionally(new IllegalStateException("no broker"));
        assertThat(second).isCompletedExceptionally();

        CompletableFuture<String> third = question.ask();
        calls.get(2).complete("three");
        assertThat(third).isCompletedWithValue("three");
    }
}
