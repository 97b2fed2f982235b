package io.kagu.statusapi.core;

import java.time.Instant;
import java.util.List;

/**
 * Of which time an answer tells.
 *
 * @param asOf when it was true
 * @param stale whether it may have changed since: told from a copy, or by a fold that is behind
 */
public record Freshness(Instant asOf, boolean stale) {

    /** True at the time of the answer. */
    public static Freshness current(Instant now) {
        return new Freshness(now, false);
    }

    /** Of several answers as one: no fresher than the oldest. */
    public static Freshness oldest(List<Freshness> parts) {
        return new Freshness(
                parts.stream().map(Freshness::asOf).min(Instant::compareTo).orElse(Instant.EPOCH),
                parts.stream().anyMatch(Freshness::stale));
    }

    /** True at some time before, and perhaps no more. */
    public static Freshness stale(Instant asOf) {
        return new Freshness(asOf, true);
    }
}
