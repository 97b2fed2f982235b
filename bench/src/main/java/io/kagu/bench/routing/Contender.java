package io.kagu.bench.routing;

import java.util.function.Function;

/**
 * A way of routing that is compared. All but Kagu send a job to a GPU when it arrives; "by lane"
 * means that the queue in front of each GPU is in order of priority.
 */
public enum Contender {
    ROUND_ROBIN("round robin", work -> fifo(work, GpuChoice.roundRobin())),
    ROUND_ROBIN_BY_LANE("round robin, by lane", work -> byLane(work, GpuChoice.roundRobin())),
    LEAST_CONNECTIONS("least connections", work -> fifo(work, GpuChoice.leastConnections())),
    LEAST_CONNECTIONS_BY_LANE(
            "least connections, by lane", work -> byLane(work, GpuChoice.leastConnections())),
    TWO_CHOICES("power of two choices", work -> fifo(work, twoChoices())),
    TWO_CHOICES_BY_LANE("power of two choices, by lane", work -> byLane(work, twoChoices())),
    LOWEST_SCORE("sidecar score", work -> fifo(work, GpuChoice.lowestScore())),
    LOWEST_SCORE_BY_LANE("sidecar score, by lane", work -> byLane(work, GpuChoice.lowestScore())),
    KAGU("kagu", KaguDispatch::new);

    private static final long DRAWS = 42;

    private final String title;

    // Every function above is without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Workload, Dispatch> start;

    Contender(String title, Function<Workload, Dispatch> start) {
        this.title = title;
        this.start = start;
    }

    /** What a table calls it. */
    public String title() {
        return title;
    }

    /**
     * Whether load balancers do it: they queue in order of arrival. A queue for each GPU in order
     * of priority is a stronger rival that we made up.
     */
    boolean usual() {
        return switch (this) {
            case ROUND_ROBIN, LEAST_CONNECTIONS, TWO_CHOICES, LOWEST_SCORE -> true;
            case ROUND_ROBIN_BY_LANE,
                    LEAST_CONNECTIONS_BY_LANE,
                    TWO_CHOICES_BY_LANE,
                    LOWEST_SCORE_BY_LANE,
                    KAGU ->
                    false;
        };
    }

    /** Whether it is one of those stronger rivals. */
    boolean byLane() {
        return !usual() && this != KAGU;
    }

    /** A fresh one for one run. */
    Dispatch start(Workload workload) {
        return start.apply(workload);
    }

    private static Dispatch fifo(Workload workload, GpuChoice choice) {
        return new PushDispatch(workload, choice, PushDispatch.FIFO);
    }

    private static Dispatch byLane(Workload workload, GpuChoice choice) {
        return new PushDispatch(workload, choice, PushDispatch.BY_LANE);
    }

    private static GpuChoice twoChoices() {
        return GpuChoice.twoChoices(DRAWS);
    }
}
