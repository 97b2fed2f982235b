package io.kagu.local.gpu;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long the simulated engine computes: a fixed overhead, plus time per prompt token, plus time
 * per output token.
 *
 * @param jitter the largest relative deviation of one call, 0 to 0.9; it is drawn from the call's
 *     seed, so equal calls take equal time
 */
public record ServiceTime(
        Duration overhead, Duration perPromptToken, Duration perOutputToken, double jitter) {

    public static final ServiceTime NONE = fixed(Duration.ZERO);

    /** A mid-size model on one card: about 60 output tokens per second. */
    public static final ServiceTime TYPICAL =
            new ServiceTime(
                    Duration.ofMillis(25), Duration.ofNanos(200_000), Duration.ofMillis(16), 0.1);

    public ServiceTime {
        requireNotNegative("overhead", overhead);
        requireNotNegative("perPromptToken", perPromptToken);
        requireNotNegative("perOutputToken", perOutputToken);
        if (!(jitter >= 0 && jitter <= 0.9)) {
            throw new IllegalArgumentException("jitter must be 0 to 0.9, not " + jitter);
        }
    }

    /** Every call takes this long, whatever it asks for. */
    public static ServiceTime fixed(Duration overhead) {
        return new ServiceTime(overhead, Duration.ZERO, Duration.ZERO, 0);
    }

    /** What one call with this many prompt tokens takes, if it is this many times as slow. */
    CallTiming timing(long promptTokens, double slowness) {
        var prefill = overhead.plus(perPromptToken.multipliedBy(promptTokens));
        return new CallTiming(times(prefill, slowness), times(perOutputToken, slowness));
    }

    private static Duration times(Duration time, double factor) {
        return Duration.ofNanos(Math.round(time.toNanos() * factor));
    }

    /** By how much this call is slower or faster than the model says. */
    double factor(long seed) {
        if (jitter == 0) {
            return 1;
        }
        return 1 + jitter * (2 * new SplittableRandom(seed).nextDouble() - 1);
    }

    private static void requireNotNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + value);
        }
    }
}
