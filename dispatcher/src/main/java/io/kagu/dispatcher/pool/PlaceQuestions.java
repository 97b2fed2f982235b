package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.pool.JobStore.JobKey;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The questions that wait for one task. Any thread asks; the task's stream thread alone answers, so
 * that no other ever reads a pool.
 */
final class PlaceQuestions {

    static final int MOST_WAITING = 256;

    /** Answers keep the task from its jobs for well under a tick. */
    static final int MOST_AT_ONCE = 64;

    private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean closed;

    private record Question(JobKey job, CompletableFuture<PlaceAnswer> answer) {}

    CompletableFuture<PlaceAnswer> ask(JobKey job) {
        Question question = new Question(job, new CompletableFuture<>());
        if (!waiting.offer(question)) {
            return CompletableFuture.completedFuture(new PlaceAnswer.Busy());
        }
        if (closed) {
            turnAway();
        }
        return question.answer();
    }

    /** Answers what was asked so far, or as much of it as is bearable. */
    void answer(Function<JobKey, PlaceAnswer> owner) {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            Question question = waiting.poll();
            if (question == null) {
                return;
            }
            if (!question.answer().isDone()) {
                answer(question, owner);
            }
        }
    }

    /** A question never ends the stream thread: what fails is the asker's answer. */
    private static void answer(Question question, Function<JobKey, PlaceAnswer> owner) {
        try {
            question.answer().complete(owner.apply(question.job()));
        } catch (RuntimeException e) {
            question.answer().completeExceptionally(e);
        }
    }

    /** The task is given up: nobody answers here any more. */
    void close() {
        closed = true;
        turnAway();
    }

    private void turnAway() {
        for (Question left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer().complete(new PlaceAnswer.NotOwner());
        }
    }
}
