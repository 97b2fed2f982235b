package io.kagu.statusapi;

import io.kagu.common.job.Pause;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the owner of the pool of {@link JobStory} says of its queue. */
public record QueueStory(
        Instant time,
        List<LaneStatus> lanes,
        int slots,
        List<GpuStatus> gpus,
        double endedPerSecond,
        double serviceMillis,
        boolean blind,
        List<Pause> pauses) {

    public static QueueStory at(Instant time) {
        return new QueueStory(time, List.of(), 2, List.of(), 0, 0, false, List.of());
    }

    public QueueStory lane(Priority priority, int waiting, long headSequence) {
        LaneStatus lane =
                new LaneStatus(
                        priority,
                        waiting,
                        waiting > 0 ? OptionalLong.of(headSequence) : OptionalLong.empty(),
                        waiting > 0 ? Optional.of(time.minusSeconds(3)) : Optional.empty());
        List<LaneStatus> more = new ArrayList<>(lanes);
        more.add(lane);
        return new QueueStory(
                time, List.copyOf(more), slots, gpus, endedPerSecond, serviceMillis, blind, pauses);
    }

    public QueueStory withSlots(int count) {
        return new QueueStory(
                time, lanes, count, gpus, endedPerSecond, serviceMillis, blind, pauses);
    }

    public QueueStory withGpus(GpuStatus... all) {
        return new QueueStory(
                time, lanes, slots, List.of(all), endedPerSecond, serviceMillis, blind, pauses);
    }

    public QueueStory withRate(double perSecond) {
        return new QueueStory(time, lanes, slots, gpus, perSecond, serviceMillis, blind, pauses);
    }

    public QueueStory withService(double millis) {
        return new QueueStory(time, lanes, slots, gpus, endedPerSecond, millis, blind, pauses);
    }

    /** No sidecar of the pool tells anything. */
    public QueueStory withBlindMetrics() {
        return new QueueStory(
                time, lanes, slots, gpus, endedPerSecond, serviceMillis, true, pauses);
    }

    public QueueStory withPauses(Pause... all) {
        return new QueueStory(
                time, lanes, slots, gpus, endedPerSecond, serviceMillis, blind, List.of(all));
    }

    public QueueStatus status() {
        return status(JobStory.POOL);
    }

    public QueueStatus status(String pool) {
        return new QueueStatus(
                QueueStatus.SCHEMA,
                pool,
                "executor-1",
                time,
                lanes,
                slots,
                0,
                slots,
                gpus,
                0,
                endedPerSecond,
                serviceMillis,
                blind,
                pauses,
                Optional.empty());
    }
}
