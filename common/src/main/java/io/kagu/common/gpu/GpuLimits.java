package io.kagu.common.gpu;

import java.util.OptionalInt;

/**
 * How often a GPU may be called; its pool's owner holds them exactly, by its own clock.
 *
 * @param requestsPerMinute most calls that begin within any minute
 * @param minPauseMs least time from the beginning of one call to that of the next
 * @param tokensPerMinute most tokens, prompts and answers, of calls that begin within any minute; a
 *     call counts with its estimate until its usage is known
 * @param concurrency most calls at once, where that is less than its slots
 */
public record GpuLimits(
        OptionalInt requestsPerMinute,
        OptionalInt minPauseMs,
        OptionalInt tokensPerMinute,
        OptionalInt concurrency) {

    /** As often as there is a free slot. */
    public static final GpuLimits NONE = new GpuLimits(OptionalInt.empty(), OptionalInt.empty());

    /** Limits of calls, not of tokens. */
    public GpuLimits(OptionalInt requestsPerMinute, OptionalInt minPauseMs) {
        this(requestsPerMinute, minPauseMs, OptionalInt.empty(), OptionalInt.empty());
    }
}
