package io.kagu.cli.run;

import io.kagu.cli.client.JobReport;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.client.ResultAnswer;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.PlannedJob;
import io.kagu.cli.core.SubmittedJob;
import io.kagu.common.job.JobStatus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Withdraws what a stopped run has not seen end, within a bounded time. */
final class Cancellation {

    private static final int THREADS = 32;
    private static final long LIMIT_SECONDS = 15;
    private static final long PAUSE_MILLIS = 50;
    private static final LineEnd.Fault NEVER_SUBMITTED =
            new LineEnd.Fault("not_submitted", "the run was stopped before it was submitted");

    private final RunContext run;
    private final JobEnding ending;
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    Cancellation(RunContext run, JobEnding ending) {
        this.run = run;
        this.ending = ending;
    }

    void cancelRest() throws InterruptedException {
        for (PlannedJob job : run.book().unsubmitted()) {
            LineEnd end =
                    LineEnd.without(
                            job.line(), job.generation(), LineState.CANCELLED, NEVER_SUBMITTED);
            run.recorder().ended(job.line(), end, Optional.empty());
        }
        KaguClient client = run.client();
        List<SubmittedJob> live = run.book().live();
        // All are withdrawn before any is waited for: none shall start in the meantime.
        Workers.forEach(THREADS, live, job -> repeat(() -> client.cancel(job.id())));
        Workers.forEach(
                THREADS,
                live,
                job -> {
                    if (!repeat(() -> seenToEnd(job))) {
                        ending.unfinished(job, "cancelled, but its end was not seen");
                    }
                });
    }

    private interface Try {
        boolean succeeds() throws InterruptedException;
    }

    private boolean repeat(Try step) throws InterruptedException {
        while (!step.succeeds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private boolean seenToEnd(SubmittedJob job) throws InterruptedException {
        Predicate<JobReport> terminal = report -> report.state().terminal();
        Optional<JobReport> report = run.client().report(job.id()).filter(terminal);
        if (report.isEmpty()) {
            return false;
        }
        if (report.get().state() != JobStatus.COMPLETED) {
            ending.failed(job, report.get());
            return true;
        }
        return run.client().result(job.id(), Duration.ofSeconds(1))
                        instanceof ResultAnswer.Ready ready
                && ending.completed(job, ready);
    }
}
