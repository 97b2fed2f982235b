package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice.PassedOver;

import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * A GPU that could take a job's call now, with what decides between such GPUs.
 *
 * @param failedLast whether the job failed on it last
 * @param unknown whether its metrics are
 * @param preferred whether the job's model goes there first, and there is room below the spill
 * @param affine whether it is the GPU of the job's affinity key
 * @param score load score
 */
record Candidate(
        Gpu gpu,
        boolean failedLast,
        boolean unknown,
        boolean preferred,
        boolean affine,
        double score) {

    /** The order of the choice, best first. */
    static final Comparator<Candidate> ORDER = Candidate::compare;

    private static int compare(Candidate one, Candidate other) {
        return switch (one.differs(other)) {
            case FAILED_LAST -> Boolean.compare(one.failedLast, other.failedLast);
            case METRICS -> Boolean.compare(one.unknown, other.unknown);
            case PREFERRED -> Boolean.compare(other.preferred, one.preferred);
            case AFFINITY -> Boolean.compare(other.affine, one.affine);
            case LOAD -> Double.compare(one.score, other.score);
            case ORDER -> Integer.compare(one.gpu.spec().order(), other.gpu.spec().order());
            case NAME -> one.gpu.name().compareTo(other.gpu.name());
        };
    }

    /** The first criterion in which two GPUs differ. */
    Criterion differs(Candidate other) {
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

    PassedOver passedOverFor(Candidate chosen) {
        return new PassedOver(
                gpu.name(), chosen.differs(this).against(), OptionalDouble.of(rounded()));
    }

    /** The score in thousandths, as it is told. */
    double rounded() {
        return Math.round(score * 1000) / 1000.0;
    }

    /** What decides between two GPUs that could both take a call, in the order it is looked at. */
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
