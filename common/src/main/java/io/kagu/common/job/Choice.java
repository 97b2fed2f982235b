package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Why an attempt got the GPU it got: kept with the attempt, bounded in size.
 *
 * @param rule what set it apart from the best other one: {@code sole} if no other could take the
 *     call, {@code not_failed_last}, {@code metrics_known}, {@code preferred}, {@code affinity},
 *     {@code lowest_load}, or {@code order} and {@code name} among equals
 * @param fallback the model that did the work, if it was not the job's own
 * @param score load score of the chosen GPU; lower is less loaded
 * @param passedOver the best others, best first, at most {@value #MAX_PASSED_OVER}
 * @param counts others that might have served the job, by why they were passed over
 */
public record Choice(
        String rule,
        Optional<String> fallback,
        double score,
        List<PassedOver> passedOver,
        SortedMap<String, Integer> counts) {

    /** Others that a choice lists at most. */
    public static final int MAX_PASSED_OVER = 4;

    public Choice {
        requireNonNull(rule, "rule");
        passedOver = List.copyOf(passedOver);
        counts.values().forEach(count -> requireNonNull(count, "counts"));
    }

    /**
     * A GPU that was not chosen.
     *
     * @param why {@code failed_last}, {@code metrics_unknown}, {@code not_preferred}, {@code
     *     not_affine}, {@code higher_load}, {@code order}, {@code name}, or what kept it from
     *     taking a call: {@code draining}, {@code down}, {@code breaker_open}, {@code probing},
     *     {@code full}, {@code limited}
     * @param score empty if it could not take a call
     */
    public record PassedOver(String gpu, String why, OptionalDouble score) {

        public PassedOver {
            requireNonNull(gpu, "gpu");
            requireNonNull(why, "why");
        }
    }
}
