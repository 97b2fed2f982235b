package io.kagu.bench.decision;

import io.kagu.bench.decision.Backlog.Size;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much more a decision costs with the longest backlog than with the shortest, all else equal.
 *
 * @param size of the longest
 * @param ratio of the times
 * @param bound ratio of the logarithms of the backlogs
 * @param noise the errors of both, carried over to the ratio
 */
record Growth(Size size, double ratio, double bound, double noise) {

    private static final Comparator<Cost> BY_WAITING =
            Comparator.comparingInt(cost -> cost.size().waiting());

    /** What a backlog grows in. */
    private record Surroundings(int gpus, int tenants) {
        static Surroundings of(Cost cost) {
            return new Surroundings(cost.size().gpus(), cost.size().tenants());
        }
    }

    /** For each number of GPUs and tenants, with backlogs of at least two lengths. */
    static List<Growth> of(List<Cost> costs) {
        return costs.stream()
                .collect(
                        Collectors.groupingBy(
                                Surroundings::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(alike -> alike.size() > 1)
                .map(Growth::among)
                .toList();
    }

    private static Growth among(List<Cost> alike) {
        Cost shortest = Collections.min(alike, BY_WAITING);
        Cost longest = Collections.max(alike, BY_WAITING);
        double ratio = longest.nanos() / shortest.nanos();
        double bound = Math.log(longest.size().waiting()) / Math.log(shortest.size().waiting());
        double noise = ratio * Math.hypot(shortest.relativeError(), longest.relativeError());
        return new Growth(longest.size(), ratio, bound, noise);
    }
}
