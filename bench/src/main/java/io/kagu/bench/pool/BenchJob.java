package io.kagu.bench.pool;

import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A job that a benchmark submits. */
public record BenchJob(String id, String model, Priority lane, String tenant) {

    /** As ingest would hand it on. */
    public Job job() {
        return new Job(
                id,
                model,
                lane,
                tenant,
                Job.DEFAULT_PATH,
                Job.DEFAULT_CONTENT_TYPE,
                Instant.EPOCH,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
