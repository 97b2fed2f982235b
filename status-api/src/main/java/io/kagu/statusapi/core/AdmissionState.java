package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonValue;

import io.kagu.common.admission.Thresholds;

import java.util.Locale;

/** Which jobs a pool takes in, by how many wait. */
public enum AdmissionState {
    /** All. */
    OPEN,
    /** All, and callers are warned. */
    WARN,
    /** No low ones. */
    SHED_LOW,
    /** Only high ones. */
    SHED_NORMAL,
    /** None. */
    FULL;

    /** The state of a pool where so many wait. */
    public static AdmissionState of(long waiting, Thresholds thresholds) {
        if (waiting >= thresholds.capacity()) {
            return FULL;
        }
        if (waiting >= thresholds.shedNormal()) {
            return SHED_NORMAL;
        }
        if (waiting >= thresholds.shedLow()) {
            return SHED_LOW;
        }
        return waiting >= thresholds.warn() ? WARN : OPEN;
    }

    /** The word used in JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
