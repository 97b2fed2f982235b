package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How long a job will still wait for a GPU.
 *
 * @param p50Seconds in half of the cases no longer than this
 * @param p90Seconds in nine of ten cases no longer than this
 */
public record WaitEstimate(
        @JsonProperty("p50_s") double p50Seconds, @JsonProperty("p90_s") double p90Seconds) {

    /** A job that may start at once. */
    public static final WaitEstimate NONE = new WaitEstimate(0, 0);
}
