package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.ResponseHead;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.QueueBoard;
import io.kagu.statusapi.query.ResultLookup;

import java.time.InstantSource;

/** A job's response, waited for as long as the caller asks. */
final class ResultHandler {

    private final JobQuestions jobs;
    private final QueueBoard queues;
    private final InstantSource clock;

    ResultHandler(JobQuestions jobs, QueueBoard queues, InstantSource clock) {
        this.jobs = jobs;
        this.queues = queues;
        this.clock = clock;
    }

    void get(Context ctx) {
        String id = ctx.pathParam("id");
        switch (jobs.result(id, WaitParameter.read(ctx))) {
            case ResultLookup.Answered(var response) -> answer(ctx, response, freshness(id));
            case ResultLookup.Waiting(var job) -> pending(ctx, job, freshness(id));
            case ResultLookup.Failed(var job) -> throw new ProblemException(JobProblems.ended(job));
            case ResultLookup.Absent() -> throw new ProblemException(JobProblems.notFound(id));
            case ResultLookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        }
    }

    /** From a copy of the stores: a job that completed stays so, with the same response. */
    void copied(Context ctx) {
        String id = ctx.pathParam("id");
        ViewRow view =
                jobs.copiedView(id)
                        .filter(row -> row.state() == JobStatus.COMPLETED)
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        ResultRow response =
                jobs.copiedResult(id)
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        answer(ctx, response, view.copied());
    }

    private Freshness freshness(String id) {
        return jobs.freshness(id, clock.instant());
    }

    /** The GPU's bytes come from outside: a browser may show them but must run nothing in them. */
    private static void answer(Context ctx, ResultRow response, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        ResponseHead head = response.head();
        // The framework would add its own charset to the GPU's content type.
        ctx.res().setCharacterEncoding((String) null);
        ctx.header("X-Kagu-Gpu", head.gpu())
                .header("X-Kagu-Attempt", Integer.toString(head.attempt()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .status(head.status())
                .contentType(head.contentType())
                .result(response.body());
    }

    private void pending(Context ctx, JobView job, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        Pending pending = Pending.of(job, queues.pool(job.pool()), clock.instant());
        PendingHeaders.add(ctx, pending);
        HttpServer.json(ctx, 408, pending);
    }
}
