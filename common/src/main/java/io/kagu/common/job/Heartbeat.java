package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What a dispatcher replica says of its executor, several times a second.
 *
 * @param incarnation one start of one instance
 * @param sentAt by the sender's clock
 * @param startedAt when this incarnation began
 * @param callBudget calls it may have in flight at once
 * @param endedTotal calls that ended since the start
 * @param leaving whether it stops cleanly and lists no call any more
 * @param freeCalls how many calls it would take from other replicas now
 * @param partitions whose pools it owns; empty from one that does not tell yet
 */
public record Heartbeat(
        int schema,
        String incarnation,
        Instant sentAt,
        Instant startedAt,
        String version,
        List<RunningCall> calls,
        int callBudget,
        long endedTotal,
        boolean leaving,
        int freeCalls,
        List<Integer> partitions) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public Heartbeat {
        requireNonNull(incarnation, "incarnation");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(version, "version");
        calls = List.copyOf(calls);
        partitions = partitions == null ? List.of() : List.copyOf(partitions);
    }

    /** A heartbeat that does not tell of partitions. */
    public Heartbeat(
            int schema,
            String incarnation,
            Instant sentAt,
            Instant startedAt,
            String version,
            List<RunningCall> calls,
            int callBudget,
            long endedTotal,
            boolean leaving,
            int freeCalls) {
        this(
                schema,
                incarnation,
                sentAt,
                startedAt,
                version,
                calls,
                callBudget,
                endedTotal,
                leaving,
                freeCalls,
                List.of());
    }

    /** A call in flight, or one whose outcome was acknowledged a short time ago. */
    public record RunningCall(String jobId, int attempt) {}
}
