package io.kagu.statusapi.fold;

import io.kagu.common.topic.Partitions;

import java.util.stream.IntStream;

/** In which partition a job's events and result are: where Kafka's producers put its key. */
public final class JobPartitions {

    private final int count;

    /**
     * @param count partitions of every topic keyed by job id
     */
    public JobPartitions(int count) {
        this.count = count;
    }

    /** All partitions. */
    IntStream all() {
        return IntStream.range(0, count);
    }

    /** The partition of a job. */
    public int of(String jobId) {
        return Partitions.of(jobId, count);
    }
}
