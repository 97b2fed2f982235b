package io.kagu.common.job;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One reason why a job waits.
 *
 * @param code stable and machine-readable: {@code paused}, {@code retrying}, {@code forwarded},
 *     {@code unserved}, {@code behind_higher_lanes}, {@code behind_in_lane}, {@code fair_share},
 *     {@code behind_token_claim}, {@code metrics_unknown}, or what keeps GPUs from taking calls:
 *     {@code full}, {@code limited}, {@code breaker_open}, {@code probing}, {@code draining},
 *     {@code down}
 * @param message for people
 * @param count jobs ahead, or GPUs that it is true of
 * @param until when it may end, where that is known
 */
public record WaitReason(String code, String message, OptionalInt count, Optional<Instant> until) {

    /** A reason that has neither number nor time. */
    public static WaitReason of(String code, String message) {
        return new WaitReason(code, message, OptionalInt.empty(), Optional.empty());
    }

    /** The same reason, of so many. */
    public WaitReason times(int number) {
        return new WaitReason(code, message, OptionalInt.of(number), until);
    }

    /** The same reason, with its end. */
    public WaitReason until(Instant end) {
        return new WaitReason(code, message, count, Optional.of(end));
    }
}
