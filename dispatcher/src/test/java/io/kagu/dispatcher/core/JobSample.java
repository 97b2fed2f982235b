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
        String tenant,
        long cost,
        Optional<Instant> deadline,
        OptionalInt attempts,
        Optional<String> affinity) {

    static JobSample named(String id) {
        return new JobSample(
                id,
                "a",
                Priority.NORMAL,
                Job.DEFAULT_TENANT,
                100,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    JobSample in(Priority other) {
        return new JobSample(id, model, other, tenant, cost, deadline, attempts, affinity);
    }

    JobSample asking(String other) {
        return new JobSample(id, other, lane, tenant, cost, deadline, attempts, affinity);
    }

    JobSample until(long millis) {
        Optional<Instant> time = Optional.of(Instant.ofEpochMilli(millis));
        return new JobSample(id, model, lane, tenant, cost, time, attempts, affinity);
    }

    JobSample failingAtMost(int times) {
        OptionalInt most = OptionalInt.of(times);
        return new JobSample(id, model, lane, tenant, cost, deadline, most, affinity);
    }

    JobSample called(String other) {
        return new JobSample(other, model, lane, tenant, cost, deadline, attempts, affinity);
    }

    JobSample by(String other) {
        return new JobSample(id, model, lane, other, cost, deadline, attempts, affinity);
    }

    JobSample costing(long tokens) {
        return new JobSample(id, model, lane, tenant, tokens, deadline, attempts, affinity);
    }

    /** Prefers the GPU that other jobs with this key had. */
    JobSample affineTo(String key) {
        return new JobSample(id, model, lane, tenant, cost, deadline, attempts, Optional.of(key));
    }

    PoolCommand.Submit submit(long bodyDigest, long now) {
        return new PoolCommand.Submit(job(), model, cost, bodyDigest, now);
    }

    Job job() {
        return new Job(
                id,
                model,
                lane,
                tenant,
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
