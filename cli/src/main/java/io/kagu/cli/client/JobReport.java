package io.kagu.cli.client;

import io.kagu.common.job.JobStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The part of a server's view of a job that a client needs. */
public record JobReport(
        JobStatus state,
        Instant submittedAt,
        Optional<Instant> finishedAt,
        int attemptCount,
        List<Attempt> attempts,
        Optional<String> gpu,
        Optional<Reason> reason) {

    public JobReport {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** One call. */
    public record Attempt(String gpu, Instant startedAt, Optional<Instant> endedAt) {}

    /** Why the job is where it is. */
    public record Reason(String code, String message) {}
}
