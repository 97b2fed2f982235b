package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice.PassedOver;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A GPU that may do a job's work, as it stands in the order of the choice: those that can take a
 * call now before those that cannot, then criterion by criterion.
 *
 * @param failedLast whether the job failed on it last
 * @param unknown whether its metrics are
 * @param preferred whether the job's model goes there first, and there is room below the spill
 * @param affine whether it is the GPU of the job's affinity key
 * @param score load score; 0 if it cannot take a call
 */
record Candidate(
        Gpu gpu,
        Optional<Hindrance> hindrance,
        boolean failedLast,
        boolean unknown,
        boolean preferred,
        boolean affine,
        double score) {

    /** The order of the choice, best first. */
    static final Comparator<Candidate> ORDER =
            Comparator.comparing((Candidate candidate) -> !candidate.usable())
                    .thenComparing(candidate -> candidate.hindrance.orElse(Hindrance.DRAINING))
                    .thenComparing(Candidate::failedLast)
                    .thenComparing(Candidate::unknown)
                    .thenComparing(candidate -> !candidate.preferred)
                    .thenComparing(candidate -> !candidate.affine)
                    .thenComparingDouble(Candidate::score)
                    .thenComparingInt(candidate -> candidate.gpu.spec().order())
                    .thenComparing(candidate -> candidate.gpu.name());

    /** A GPU that gets no call now, whatever else speaks for it. */
    static Candidate hindered(Gpu gpu, Hindrance why) {
        return new Candidate(gpu, Optional.of(why), false, false, false, false, 0);
    }

    boolean usable() {
        return hindrance.isEmpty();
    }

    /** What sets this one apart from a usable one behind it: the first criterion that differs. */
    Criterion before(Candidate other) {
        if (failedLast != other.failedLast) {
            return Criterion.FAILED_LAST;
        }
        if (unknown != other.unknown) {
            return Criterion.METRICS;
        }
        if (preferred != other.preferred) {
            return Criterion.PREFERRED;
        }
        if (affine != other.affine) {
            return Criterion.AFFINITY;
        }
        if (score != other.score) {
            return Criterion.LOAD;
        }
        return gpu.spec().order() == other.gpu.spec().order() ? Criterion.NAME : Criterion.ORDER;
    }

    /** Why another one was chosen before this one. */
    String passedOverFor(Candidate chosen) {
        return hindrance.map(Hindrance::word).orElseGet(() -> chosen.before(this).against());
    }

    PassedOver passedOver(Candidate chosen) {
        OptionalDouble told = usable() ? OptionalDouble.of(rounded()) : OptionalDouble.empty();
        return new PassedOver(gpu.name(), passedOverFor(chosen), told);
    }

    /** The score in thousandths, as it is told. */
    double rounded() {
        return Math.round(score * 1000) / 1000.0;
    }

    /** What decides between two GPUs that could both take a call. */
    enum Criterion {
        FAILED_LAST("not_failed_last", "failed_last"),
        METRICS("metrics_known", "metrics_unknown"),
        PREFERRED("preferred", "not_preferred"),
        AFFINITY("affinity", "not_affine"),
        LOAD("lowest_load", "higher_load"),
        ORDER("order", "order"),
        NAME("name", "name");

        private final String pro;
        private final String against;

        Criterion(String pro, String against) {
            this.pro = pro;
            this.against = against;
        }

        /** The word for the one that goes first. */
        String pro() {
            return pro;
        }

        /** The word for the other. */
        String against() {
            return against;
        }
    }
}
