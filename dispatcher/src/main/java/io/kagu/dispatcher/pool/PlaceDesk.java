package io.kagu.dispatcher.pool;

import io.kagu.common.job.PlacesRequest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Takes questions of where jobs stand to the task that owns their pool. Safe for many threads; the
 * answer is given at the task's next tick, by its stream thread.
 */
public final class PlaceDesk {

    /** Jobs that one question may be about. */
    public static final int MOST_JOBS = PlacesRequest.MOST_IDS;

    private final Intake intake;
    private final ConcurrentMap<Integer, PlaceQuestions> byPartition = new ConcurrentHashMap<>();

    /**
     * @param partitions of all topics keyed by pool
     */
    public PlaceDesk(int partitions) {
        this.intake = new Intake(partitions);
    }

    /**
     * Asks where some jobs of a pool stand, all at the same moment.
     *
     * @param jobIds at most {@link #MOST_JOBS}
     */
    public CompletableFuture<PlaceAnswer> ask(String pool, List<String> jobIds) {
        if (jobIds.size() > MOST_JOBS) {
            throw new IllegalArgumentException("at most " + MOST_JOBS + " jobs");
        }
        PlaceQuestions owner = byPartition.get(intake.partitionOf(pool));
        return owner == null
                ? CompletableFuture.completedFuture(new PlaceAnswer.NotOwner())
                : owner.ask(pool, jobIds);
    }

    /** The partitions that tasks of this replica own, in order. */
    public List<Integer> partitions() {
        return byPartition.keySet().stream().sorted().toList();
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
