package io.kagu.cli.run;

import io.kagu.cli.client.SubmitAnswer;
import io.kagu.cli.core.JobRequest;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.PlannedJob;
import io.kagu.cli.core.SubmittedJob;
import io.kagu.common.job.Priority;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Submits the jobs of one lane, one after the other, as fast as the server takes them. */
final class Submitter {

    private final RunContext run;
    private final Priority lane;

    Submitter(RunContext run, Priority lane) {
        this.run = run;
        this.lane = lane;
    }

    void work() throws InterruptedException {
        Optional<PlannedJob> next = run.book().nextToSubmit(lane);
        while (next.isPresent()) {
            submit(next.get());
            next = run.book().nextToSubmit(lane);
        }
    }

    private void submit(PlannedJob job) throws InterruptedException {
        JobRequest request = run.input().read(job.line());
        String id = run.ids().id(job.line(), job.generation());
        while (!settled(job, run.client().submit(request, id))) {
            if (run.book().awaitOver(0)) {
                run.book().notSubmitted(job);
                return;
            }
        }
    }

    /** Acts on the server's answer; says whether it was the last word. */
    private boolean settled(PlannedJob job, SubmitAnswer answer) throws InterruptedException {
        switch (answer) {
            case SubmitAnswer.Accepted(String taken) -> {
                run.outage().answered();
                run.book().submitted(new SubmittedJob(job, taken));
                return true;
            }
            case SubmitAnswer.Refused refused -> {
                run.outage().answered();
                refused(job, refused);
                return true;
            }
            case SubmitAnswer.Busy(int seconds, String code) -> {
                run.outage().answered();
                run.board().note("server: %s, next try in %d s".formatted(code, seconds));
                boolean _ = run.book().awaitOver(TimeUnit.SECONDS.toMillis(seconds));
                return false;
            }
            case SubmitAnswer.Unreachable(String reason) -> {
                run.outage().waitBeforeRetry(reason);
                return false;
            }
        }
    }

    private void refused(PlannedJob job, SubmitAnswer.Refused refused) {
        String message = "line " + job.line().number() + ": " + refused.detail();
        String code = refused.code().isEmpty() ? "status_" + refused.status() : refused.code();
        LineEnd.Fault fault = new LineEnd.Fault(code, message);
        LineEnd end = LineEnd.without(job.line(), job.generation(), LineState.INVALID, fault);
        run.recorder().ended(job.line(), end, Optional.empty());
        run.board().refused(message);
        run.book().endedUnsubmitted();
    }
}
