package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.pool.JobStore.JobKey;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Takes questions of where a job stands to the task that owns its pool. Safe for many threads; the
 * answer is given at the task's next tick, by its stream thread.
 */
public final class PlaceDesk {

    private final Intake intake;
    private final ConcurrentMap<Integer, PlaceQuestions> byPartition = new ConcurrentHashMap<>();

    /**
     * @param partitions of all topics keyed by pool
     */
    public PlaceDesk(int partitions) {
        this.intake = new Intake(partitions);
    }

    /** Asks where a job stands. */
    public CompletableFuture<PlaceAnswer> ask(String pool, String jobId) {
        PlaceQuestions owner = byPartition.get(intake.partitionOf(pool));
        return owner == null
                ? CompletableFuture.completedFuture(new PlaceAnswer.NotOwner())
                : owner.ask(new JobKey(pool, jobId));
    }

    /** A task of this replica owns a partition from now on, and answers what is asked of it. */
    PlaceQuestions open(int partition) {
        PlaceQuestions questions = new PlaceQuestions();
        byPartition.put(partition, questions);
        return questions;
    }

    /** It is given up, unless another task has it by now. */
    void close(int partition, PlaceQuestions questions) {
        byPartition.remove(partition, questions);
        questions.close();
    }
}
