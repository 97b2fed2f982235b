package io.kagu.cli.run;

import io.kagu.cli.client.JobReport;
import io.kagu.cli.client.ResultAnswer;
import io.kagu.cli.core.CallFacts;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.ResultBody;
import io.kagu.cli.core.SubmittedJob;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Writes down how a job ended. */
final class JobEnding {

    /** Bodies held in memory at once; they may be large. */
    private static final int BODIES = 4;

    private static final int REPORT_TRIES = 40;
    private static final long REPORT_PAUSE_MILLIS = 50;

    private final RunContext run;
    private final Semaphore bodies = new Semaphore(BODIES);

    JobEnding(RunContext run) {
        this.run = run;
    }

    /** Takes in a result; says whether all of it came. */
    boolean completed(SubmittedJob job, ResultAnswer.Ready ready) throws InterruptedException {
        bodies.acquire();
        try (InputStream in = ready.body()) {
            ResultBody body = ResultBody.of(in.readAllBytes());
            Optional<JobReport> report = terminalReport(job.id());
            CallFacts facts = report.map(ReportFacts::of).orElse(CallFacts.NONE);
            report.flatMap(JobReport::finishedAt)
                    .filter(run.startedAt()::isAfter)
                    .ifPresent(_ -> run.board().endedBefore());
            LineEnd end = end(job, LineState.COMPLETED, facts, Optional.empty());
            run.recorder().ended(job.line(), end, Optional.of(body));
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            bodies.release();
        }
    }

    /** Takes in the end of a job without a result. */
    void failed(SubmittedJob job, JobReport report) {
        Optional<LineEnd.Fault> fault =
                report.reason().map(it -> new LineEnd.Fault(it.code(), it.message()));
        LineState state = LineState.of(report.state());
        LineEnd end = end(job, state, ReportFacts.of(report), fault);
        run.recorder().ended(job.line(), end, Optional.empty());
    }

    /** Leaves a job whose end could not be seen; the next run takes it up. */
    void unfinished(SubmittedJob job, String why) {
        Optional<LineEnd.Fault> fault = Optional.of(new LineEnd.Fault("unfinished", why));
        LineEnd end = end(job, LineState.UNFINISHED, CallFacts.NONE, fault);
        run.recorder().ended(job.line(), end, Optional.empty());
    }

    private static LineEnd end(
            SubmittedJob job, LineState state, CallFacts facts, Optional<LineEnd.Fault> fault) {
        return new LineEnd(
                job.line().customId(),
                Optional.of(job.id()),
                state,
                job.planned().generation(),
                job.line().content(),
                facts,
                fault);
    }

    /** Result and view come to the server on different ways: the view may be behind. */
    Optional<JobReport> terminalReport(String id) throws InterruptedException {
        for (int i = 0; i < REPORT_TRIES; i++) {
            Optional<JobReport> report = run.client().report(id);
            if (report.isPresent() && report.get().state().terminal()) {
                return report;
            }
            boolean _ = run.book().awaitOver(REPORT_PAUSE_MILLIS);
        }
        return Optional.empty();
    }
}
