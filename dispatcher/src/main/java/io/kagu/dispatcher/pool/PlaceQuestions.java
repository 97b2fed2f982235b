package io.kagu.dispatcher.pool;

import io.kagu.common.job.JobPlace;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * The questions that wait for one task. Any thread asks; the task's stream thread alone answers, so
 * that no other ever reads a pool.
 */
final class PlaceQuestions {

    /** Jobs that may be asked about and not be told of yet. */
    static final int MOST_WAITING = 1024;

    /** Answers keep the task from its jobs for well under a tick. */
    static final int MOST_AT_ONCE = PlaceDesk.MOST_JOBS;

    private final Queue<Question> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger jobs = new AtomicInteger();
    private volatile boolean closed;

    private record Question(
            String pool, List<String> jobIds, CompletableFuture<PlaceAnswer> answer) {

        int size() {
            return jobIds.size();
        }
    }

    CompletableFuture<PlaceAnswer> ask(String pool, List<String> jobIds) {
        Question question = new Question(pool, List.copyOf(jobIds), new CompletableFuture<>());
        if (jobs.addAndGet(question.size()) > MOST_WAITING) {
            jobs.addAndGet(-question.size());
            return CompletableFuture.completedFuture(new PlaceAnswer.Busy());
        }
        waiting.add(question);
        if (closed) {
            turnAway();
        }
        return question.answer();
    }

    /**
     * Answers what was asked so far, or as much of it as is bearable; a question at one go.
     *
     * @param owner tells of a job of a pool
     */
    void answer(BiFunction<String, String, Optional<JobPlace>> owner) {
        int told = 0;
        for (Question next = waiting.peek();
                next != null && told + next.size() <= MOST_AT_ONCE;
                next = waiting.peek()) {
            Optional<Question> question = take();
            if (question.isPresent() && !question.get().answer().isDone()) {
                told += question.get().size();
                answer(question.get(), owner);
            }
        }
    }

    private Optional<Question> take() {
        Optional<Question> question = Optional.ofNullable(waiting.poll());
        question.ifPresent(taken -> jobs.addAndGet(-taken.size()));
        return question;
    }

    /** A question never ends the stream thread: what fails is the asker's answer. */
    private static void answer(
            Question question, BiFunction<String, String, Optional<JobPlace>> owner) {
        try {
            List<JobPlace> places =
                    question.jobIds().stream()
                            .map(jobId -> owner.apply(question.pool(), jobId))
                            .flatMap(Optional::stream)
                            .toList();
            question.answer().complete(new PlaceAnswer.Told(places));
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
        for (Optional<Question> left = take(); left.isPresent(); left = take()) {
            left.get().answer().complete(new PlaceAnswer.NotOwner());
        }
    }
}
