package io.kagu.cli.run;

import io.kagu.cli.client.JobReport;
import io.kagu.cli.core.CallFacts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a job's times out of the server's view of it. */
final class ReportFacts {

    private ReportFacts() {}

    static CallFacts of(JobReport report) {
        if (report.attempts().isEmpty()) {
            return new CallFacts(
                    report.gpu(),
                    report.attemptCount(),
                    OptionalLong.empty(),
                    OptionalLong.empty());
        }
        JobReport.Attempt last = report.attempts().getLast();
        Instant firstCall = report.attempts().getFirst().startedAt();
        Optional<Instant> end = last.endedAt().or(report::finishedAt);
        return new CallFacts(
                report.gpu().or(() -> Optional.of(last.gpu())),
                report.attemptCount(),
                millis(report.submittedAt(), Optional.of(firstCall)),
                millis(last.startedAt(), end));
    }

    private static OptionalLong millis(Instant from, Optional<Instant> to) {
        // Submission and call may be timed by different clocks.
        return to.isPresent()
                ? OptionalLong.of(Math.max(0, Duration.between(from, to.get()).toMillis()))
                : OptionalLong.empty();
    }
}
