package io.kagu.dispatcher.core;

import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Jobs for tests: normal lane, model {@code a}, changed where a test says so. */
record JobSample(
        String id,
        String model,
        Priority lane,
        Optional<Instant> deadline,
        OptionalInt attempts,
        Optional<String> affinity) {

    JobSample(
            String id,
            String model,
            Priority lane,
            Optional<Instant> deadline,
            OptionalInt attempts) {
        this(id, model, lane, deadline, attempts, Optional.empty());
    }

    /** Prefers the GPU that other jobs with this key had. */
    JobSample affineTo(String key) {
        return new JobSample(id, model, lane, deadline, attempts, Optional.of(key));
    }

    static JobSample named(String id) {
        return new JobSample(id, "a", Priority.NORMAL, Optional.empty(), OptionalInt.empty());
    }

    JobSample in(Priority other) {
        return new JobSample(id, model, other, deadline, attempts);
    }

    JobSample asking(String other) {
        return new JobSample(id, other, lane, deadline, attempts);
    }

    JobSample until(long millis) {
        return new JobSample(id, model, lane, Optional.of(Instant.ofEpochMilli(millis)), attempts);
    }

    JobSample failingAtMost(int times) {
        return new JobSample(id, model, lane, deadline, OptionalInt.of(times));
    }

    Job job() {
        return new Job(
                id,
                model,
                lane,
                Job.DEFAULT_TENANT,
                Job.DEFAULT_PATH,
                Job.DEFAULT_CONTENT_TYPE,
                Instant.EPOCH,
                deadline,
                attempts,
                OptionalLong.empty(),
                Optional.empty(),
                affinity);
    }
}
