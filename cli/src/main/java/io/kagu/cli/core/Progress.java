package io.kagu.cli.core;

import io.kagu.common.job.Priority;

import java.util.Map;
import java.util.Optional;

/**
 * A run at one moment.
 *
 * @param millis when, since any fixed point
 * @param note what holds it up, such as a full server
 */
public record Progress(long millis, Map<Priority, LaneCount> lanes, Optional<String> note) {

    public Progress {
        lanes = Map.copyOf(lanes);
    }

    LaneCount lane(Priority priority) {
        return lanes.getOrDefault(priority, LaneCount.NONE);
    }

    LaneCount all() {
        return lanes.values().stream().reduce(LaneCount.NONE, LaneCount::plus);
    }
}
