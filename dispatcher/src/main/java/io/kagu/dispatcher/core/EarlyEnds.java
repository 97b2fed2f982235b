package io.kagu.dispatcher.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Ends that came before their jobs; the oldest are forgotten beyond a bound. */
final class EarlyEnds {

    private static final int CAPACITY = 10_000;

    private final Map<String, EarlyEnd> ends = new LinkedHashMap<>();

    void remember(String jobId, EarlyEnd end) {
        ends.putIfAbsent(jobId, end);
        if (ends.size() > CAPACITY) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** The end that a run of a job already has. */
    Optional<EarlyEnd> of(String jobId, int run) {
        return Optional.ofNullable(ends.get(jobId)).filter(end -> end.run() == run);
    }

    /** Whether a job is still to come to the end that this outcome gave it. */
    boolean endBy(AttemptOutcome outcome) {
        EarlyEnd end = ends.get(outcome.jobId());
        return end != null && end.isBy(outcome);
    }

    /** Whether readers were told of a job's end here. */
    boolean told(String jobId) {
        EarlyEnd end = ends.get(jobId);
        return end != null && end.told();
    }

    void forget(String jobId) {
        ends.remove(jobId);
    }
}
