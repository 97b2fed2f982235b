package io.kagu.common.gpu;

import java.util.OptionalInt;

/**
 * How often a GPU may be called; its pool's owner holds them exactly, by its own clock.
 *
 * @param requestsPerMinute most calls that begin within any minute
 * @param minPauseMs least time from the beginning of one call to that of the next
 */
public record GpuLimits(OptionalInt requestsPerMinute, OptionalInt minPauseMs) {

    /** As often as there is a free slot. */
    public static final GpuLimits NONE = new GpuLimits(OptionalInt.empty(), OptionalInt.empty());
}
