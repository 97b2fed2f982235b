package io.kagu.common.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a waiting job stands, exactly, as its pool's owner knows it.
 *
 * @param position jobs of the pool that go before it, from 0; empty unless it is queued
 * @param depth jobs that wait in the pool
 * @param estimatedWait empty while nothing is known to estimate it from, or it is paused
 * @param reasons why it waits; empty if it does not
 */
public record JobPlace(
        String id,
        String pool,
        JobStatus state,
        OptionalLong position,
        long depth,
        Optional<WaitEstimate> estimatedWait,
        List<WaitReason> reasons,
        Instant asOf) {

    public JobPlace {
        reasons = List.copyOf(reasons);
    }
}
