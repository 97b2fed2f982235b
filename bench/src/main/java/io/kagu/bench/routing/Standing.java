package io.kagu.bench.routing;

import io.kagu.bench.core.Median;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How a contender did: each figure's median over all seeds, in seconds. */
public record Standing(Contender contender, Map<Measure, Double> medians) {

    public Standing {
        medians = new EnumMap<>(medians);
    }

    static Standing of(Contender contender, List<Figures> runs) {
        Map<Measure, Double> medians = new EnumMap<>(Measure.class);
        Arrays.stream(Measure.values())
                .forEach(measure ->
                        medians.put(
                                measure, Median.of(runs.stream().map(measure::seconds).toList())));
        return new Standing(contender, medians);
    }

    /** The median of a figure. */
    public double of(Measure measure) {
        return Objects.requireNonNull(medians.get(measure));
    }
}
