package io.kagu.ingest.core;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.job.Priority;

/** Decides by the number of waiting jobs whether a pool takes one more. */
public final class Admission {

    private final Thresholds thresholds;

    public Admission(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** What a pool answers to one more job. */
    public sealed interface Decision {

        /** Taken in. */
        record Admitted() implements Decision {}

        /** Taken in, and the caller is told that the pool fills up. */
        record AdmittedWithWarning() implements Decision {}

        /**
         * Turned away so that more urgent jobs still fit.
         *
         * @param excess how many waiting jobs must go before one of this priority is taken in
         */
        record Shed(int waiting, int limit, int excess) implements Decision {}

        /**
         * Turned away whatever its priority.
         *
         * @param excess how many waiting jobs must go before one of this priority is taken in
         */
        record Full(int waiting, int capacity, int excess) implements Decision {}
    }

    /** The answer when this many jobs wait already. */
    public Decision decide(int waiting, Priority priority) {
        int limit = thresholds.limit(priority);
        int excess = waiting - limit + 1;
        if (waiting >= thresholds.capacity()) {
            return new Decision.Full(waiting, thresholds.capacity(), excess);
        }
        if (waiting >= limit) {
            return new Decision.Shed(waiting, limit, excess);
        }
        return waiting >= thresholds.warn()
                ? new Decision.AdmittedWithWarning()
                : new Decision.Admitted();
    }
}
