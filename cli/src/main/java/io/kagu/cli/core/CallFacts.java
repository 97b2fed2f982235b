package io.kagu.cli.core;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job's way through the queue was like.
 *
 * @param gpu that was called last
 * @param waitMillis from submission to the first call
 * @param runMillis of the last call
 */
public record CallFacts(
        Optional<String> gpu, int attempts, OptionalLong waitMillis, OptionalLong runMillis) {

    /** Of a job that no GPU ever got. */
    public static final CallFacts NONE =
            new CallFacts(Optional.empty(), 0, OptionalLong.empty(), OptionalLong.empty());
}
