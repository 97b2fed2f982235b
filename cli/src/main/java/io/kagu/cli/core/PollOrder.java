package io.kagu.cli.core;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Which job's result is asked for next. A server works off each model's jobs by lane and age, so
 * those are expected first; a job that was asked for in vain steps back behind its followers, so
 * that a slow one cannot hide the finished ones. Models take turns by how many polls each has open.
 * Ties are broken by arrival.
 */
public final class PollOrder {

    private final int stepBack;
    private final Map<String, ModelQueue> models = new TreeMap<>();

    /**
     * @param stepBack how many places a job steps back when it was asked for in vain
     */
    public PollOrder(int stepBack) {
        this.stepBack = stepBack;
    }

    private record Entry(SubmittedJob job, long place) {}

    private static final class ModelQueue {
        private final PriorityQueue<Entry> waiting =
                new PriorityQueue<>(
                        Comparator.comparing((Entry entry) -> entry.job().line().priority())
                                .thenComparingLong(Entry::place));
        private int open;
        private long arrivals;
    }

    /** Takes in a job that was just submitted. */
    public void add(SubmittedJob job) {
        ModelQueue queue = queueOf(job);
        queue.waiting.add(new Entry(job, queue.arrivals++));
    }

    /** The job to ask for now; until {@link #again} or {@link #done} it has a poll open. */
    public Optional<SubmittedJob> next() {
        Optional<ModelQueue> fewest =
                models.values().stream()
                        .filter(queue -> !queue.waiting.isEmpty())
                        .min(Comparator.comparingInt(queue -> queue.open));
        return fewest.map(queue -> {
            queue.open++;
            return queue.waiting.remove().job();
        });
    }

    /** A poll ended in vain. */
    public void again(SubmittedJob job) {
        ModelQueue queue = queueOf(job);
        queue.open--;
        long front = queue.waiting.isEmpty() ? queue.arrivals : queue.waiting.element().place();
        queue.waiting.add(new Entry(job, front + stepBack));
    }

    /** A poll ended with the job's end. */
    public void done(SubmittedJob job) {
        queueOf(job).open--;
    }

    private ModelQueue queueOf(SubmittedJob job) {
        return models.computeIfAbsent(job.line().model(), _ -> new ModelQueue());
    }
}
