package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.Heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A dispatcher replica as {@code GET /v1/consumers} tells it: what its heartbeat says, and which
 * pools name it as their owner.
 *
 * @param status {@code alive}, {@code leaving}, or {@code silent} if it was not heard for some
 *     seconds
 * @param ageSeconds since it was heard last
 * @param inFlight calls that it has, or whose outcomes were stored a moment ago
 * @param freeCalls calls that it would take from others now
 * @param partitions of the pools' topics that it owns
 * @param processed calls that ended since it started
 */
public record ConsumerReport(
        String id,
        String status,
        Instant lastHeartbeat,
        @JsonProperty("age_s") double ageSeconds,
        Instant startedAt,
        String version,
        int inFlight,
        int callBudget,
        int freeCalls,
        long processed,
        List<Integer> partitions,
        List<String> pools) {

    /** Several times a second is usual; after this, calls are given to others. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** One that ended without a word is told of for a while. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final double MILLIS = 1000.0;

    public ConsumerReport {
        partitions = List.copyOf(partitions);
        pools = List.copyOf(pools);
    }

    /** Whether a heartbeat is so old that nobody asks for it. */
    public static boolean forgotten(HeardHeartbeat heard, Instant now) {
        return heard.at().plus(FORGOTTEN).isBefore(now);
    }

    /** The report on one replica. */
    public static ConsumerReport of(HeardHeartbeat heard, List<QueueSnapshot> queues, Instant now) {
        Heartbeat told = heard.heartbeat();
        return new ConsumerReport(
                told.incarnation(),
                status(heard, now),
                heard.at(),
                Math.max(0, Duration.between(heard.at(), now).toMillis() / MILLIS),
                told.startedAt(),
                told.version(),
                told.calls().size(),
                told.callBudget(),
                told.freeCalls(),
                told.endedTotal(),
                told.partitions(),
                queues.stream()
                        .filter(queue -> !queue.stale())
                        .map(QueueSnapshot::status)
                        .filter(queue -> queue.owner().equals(told.incarnation()))
                        .map(queue -> queue.pool())
                        .toList());
    }

    private static String status(HeardHeartbeat heard, Instant now) {
        if (heard.at().plus(SILENT).isBefore(now)) {
            return "silent";
        }
        return heard.heartbeat().leaving() ? "leaving" : "alive";
    }
}
