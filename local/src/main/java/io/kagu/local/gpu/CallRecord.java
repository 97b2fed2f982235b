package io.kagu.local.gpu;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One call that a simulated GPU received and ended.
 *
 * @param number place in the order of arrival, from 1
 * @param jobId header {@code X-Kagu-Job}
 * @param attempt header {@code X-Kagu-Attempt}
 * @param model as the body named it; empty where it was not read
 * @param startNanos {@link System#nanoTime()} at arrival
 * @param endNanos the same clock when the slot was given back
 * @param status HTTP status answered; 0 if none was
 */
public record CallRecord(
        long number,
        Optional<String> jobId,
        OptionalInt attempt,
        String model,
        long startNanos,
        long endNanos,
        Instant startedAt,
        Instant endedAt,
        CallEnding ending,
        int status) {}
