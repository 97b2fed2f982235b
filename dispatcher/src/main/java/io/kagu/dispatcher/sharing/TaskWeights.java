package io.kagu.dispatcher.sharing;

/** How much work each task is, when {@link OwnerAssignor} shares tasks out. */
@FunctionalInterface
public interface TaskWeights {

    /** The consumer setting that holds it. */
    String CONFIG = "kagu.task.weights";

    /**
     * What the task of a partition weighs now, at least 1; only the ratios count.
     *
     * @param partition of the topics keyed by pool
     */
    int weightOf(int partition);
}
