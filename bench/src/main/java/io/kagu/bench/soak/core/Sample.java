package io.kagu.bench.soak.core;

import java.util.List;

/**
 * What was measured at one moment of a run.
 *
 * @param jobs that had ended by then
 * @param figures bytes, in the order of the run's series
 */
public record Sample(int jobs, List<Long> figures) {

    public Sample {
        figures = List.copyOf(figures);
    }
}
