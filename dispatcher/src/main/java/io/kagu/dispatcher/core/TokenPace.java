package io.kagu.dispatcher.core;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The tokens of one GPU's calls of the last minute. A call counts from its beginning with its
 * estimate, and with what it used once that is known, so that calls never wait for tokens that
 * nobody took. A call that alone is over the limit may begin when no other has within the minute:
 * it is late, but never stuck.
 */
final class TokenPace {

    private final NavigableMap<CallBegun, Long> calls = new TreeMap<>(CallBegun.ORDER);
    private final OptionalInt limit;
    private long sum;

    private TokenPace(OptionalInt limit) {
        this.limit = limit;
    }

    /** The calls known so far, under this limit. */
    static TokenPace under(OptionalInt limit, Optional<TokenPace> known) {
        TokenPace pace = new TokenPace(limit);
        known.ifPresent(before -> before.calls.forEach(pace::count));
        return pace;
    }

    void began(CallBegun call) {
        if (limit.isPresent()) {
            while (!calls.isEmpty() && calls.firstKey().at() + CallPace.MINUTE <= call.at()) {
                sum -= calls.pollFirstEntry().getValue();
            }
            count(call, call.tokens());
        }
    }

    /** What the call used is known. */
    void settled(CallBegun call) {
        if (calls.containsKey(call)) {
            count(call, call.tokens());
        }
    }

    private void count(CallBegun call, long tokens) {
        // No sum of a minute's calls can overflow.
        long bounded = Math.clamp(tokens, 0, Integer.MAX_VALUE);
        Long before = calls.put(call, bounded);
        sum += bounded - (before == null ? 0 : before);
    }

    /** Mean milliseconds between calls like the latest ones; 0 without a limit, or a call. */
    double leastInterval() {
        return limit.isEmpty() || calls.isEmpty()
                ? 0
                : (double) sum / calls.size() * CallPace.MINUTE / limit.getAsInt();
    }

    /** From when on a call of so many tokens may begin; 0 if nothing holds it back. */
    long next(long tokens) {
        if (limit.isEmpty() || calls.isEmpty()) {
            return 0;
        }
        long room = limit.getAsInt() - Math.min(tokens, Integer.MAX_VALUE);
        long left = sum;
        long free = 0;
        for (Map.Entry<CallBegun, Long> call : calls.entrySet()) {
            if (left <= room) {
                return free;
            }
            left -= call.getValue();
            free = call.getKey().at() + CallPace.MINUTE;
        }
        return free;
    }
}
