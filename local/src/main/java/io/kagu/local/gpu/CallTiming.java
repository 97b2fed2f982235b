package io.kagu.local.gpu;

import java.time.Duration;

/**
 * How long one call computes.
 *
 * @param prefill until the first output token can appear
 * @param perToken between output tokens
 */
record CallTiming(Duration prefill, Duration perToken) {

    Duration total(int outputTokens) {
        return prefill.plus(perToken.multipliedBy(outputTokens));
    }
}
