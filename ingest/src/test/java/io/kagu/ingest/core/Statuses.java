package io.kagu.ingest.core;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Queue statuses for tests, of a pool named chat. */
public final class Statuses {

    private static final Instant TIME = Instant.parse("2026-05-01T12:00:00Z");

    private Statuses() {}

    /** So many jobs waiting, and nothing measured. */
    public static QueueStatus waiting(int high, int normal, int low) {
        return status(List.of(high, normal, low), 0, 0);
    }

    /** Three slots, with what was measured. */
    static QueueStatus measured(int normal, double endedPerSecond, double serviceMillis) {
        return status(List.of(0, normal, 0), endedPerSecond, serviceMillis);
    }

    private static QueueStatus status(List<Integer> waiting, double rate, double serviceMillis) {
        List<LaneStatus> lanes =
                List.of(
                        lane(Priority.HIGH, waiting.get(0)),
                        lane(Priority.NORMAL, waiting.get(1)),
                        lane(Priority.LOW, waiting.get(2)));
        return new QueueStatus(
                QueueStatus.SCHEMA,
                "chat",
                "dispatcher-1",
                TIME,
                lanes,
                0,
                0,
                3,
                List.of(),
                0,
                rate,
                serviceMillis,
                false,
                List.of(),
                Optional.empty());
    }

    private static LaneStatus lane(Priority priority, int waiting) {
        return new LaneStatus(priority, waiting, OptionalLong.empty(), Optional.empty());
    }
}
