package io.kagu.cli.run;

import io.kagu.cli.client.JobReport;
import io.kagu.cli.client.ResultAnswer;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.SubmittedJob;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the results of submitted jobs, one after the other. */
final class Collector {

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final long SHORT_POLL_MILLIS = 100;

    private final RunContext run;
    private final JobEnding ending;

    Collector(RunContext run, JobEnding ending) {
        this.run = run;
        this.ending = ending;
    }

    void work() throws InterruptedException {
        Optional<SubmittedJob> next = run.book().nextToPoll();
        while (next.isPresent()) {
            poll(next.get());
            next = run.book().nextToPoll();
        }
    }

    private void poll(SubmittedJob job) throws InterruptedException {
        long start = System.nanoTime();
        switch (run.client().result(job.id(), WAIT)) {
            case ResultAnswer.Ready ready -> {
                run.outage().answered();
                if (ending.completed(job, ready)) {
                    run.book().ended(job);
                } else {
                    later(job, 1);
                }
            }
            case ResultAnswer.Ended() -> ended(job);
            case ResultAnswer.Pending() -> {
                run.outage().answered();
                // A server that does not hold polls must not be asked without a pause.
                boolean held = System.nanoTime() - start > SHORT_POLL_MILLIS * 1_000_000;
                later(job, held ? 0 : SHORT_POLL_MILLIS);
            }
            case ResultAnswer.Busy(int seconds) -> later(job, TimeUnit.SECONDS.toMillis(seconds));
            case ResultAnswer.Unknown() -> lost(job);
            case ResultAnswer.Unreachable(String reason) -> {
                run.outage().waitBeforeRetry(reason);
                run.book().stillPending(job);
            }
        }
    }

    private void later(SubmittedJob job, long millis) throws InterruptedException {
        if (millis > 0) {
            boolean _ = run.book().awaitOver(millis);
        }
        run.book().stillPending(job);
    }

    private void ended(SubmittedJob job) throws InterruptedException {
        run.outage().answered();
        Optional<JobReport> report = ending.terminalReport(job.id());
        if (report.isEmpty()) {
            later(job, SHORT_POLL_MILLIS);
        } else if (endedEarlierWithoutResult(report.get())) {
            // Withdrawn by an earlier run that could not write it down.
            run.book().submitAgain(job, job.planned().next());
        } else {
            ending.failed(job, report.get());
            run.book().ended(job);
        }
    }

    private boolean endedEarlierWithoutResult(JobReport report) {
        LineState state = LineState.of(report.state());
        return (state == LineState.CANCELLED || state == LineState.EXPIRED)
                && report.finishedAt().filter(run.startedAt()::isAfter).isPresent();
    }

    private void lost(SubmittedJob job) throws InterruptedException {
        run.outage().waitBeforeRetry("it does not know job " + job.id() + " any more");
        run.book().submitAgain(job, job.planned());
    }
}
