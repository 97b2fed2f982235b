package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.ResponseHead;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.ResultLookup;
import io.kagu.statusapi.query.Standings;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** A job's response, waited for as long as the caller asks. */
final class ResultHandler {

    private final JobQuestions jobs;
    private final Standings standings;
    private final InstantSource clock;

    ResultHandler(JobQuestions jobs, Standings standings, InstantSource clock) {
        this.jobs = jobs;
        this.standings = standings;
        this.clock = clock;
    }

    CompletableFuture<Reply> get(Context ctx) {
        String id = ctx.pathParam("id");
        return jobs.result(id, WaitParameter.read(ctx)).thenCompose(result -> reply(id, result));
    }

    private CompletableFuture<Reply> reply(String id, ResultLookup result) {
        Freshness freshness = jobs.freshness(id, clock.instant());
        return switch (result) {
            case ResultLookup.Answered(var response) ->
                    CompletableFuture.completedFuture(ctx -> answer(ctx, response, freshness));
            // Where it stands is asked only now that the wait is over.
            case ResultLookup.Waiting(var job) ->
                    standings
                            .pending(job)
                            .thenApply(pending -> ctx -> pending(ctx, pending, freshness));
            case ResultLookup.Failed(var job) -> throw new ProblemException(JobProblems.ended(job));
            case ResultLookup.Absent() -> throw new ProblemException(JobProblems.notFound(id));
            case ResultLookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        };
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

    private static void pending(Context ctx, Pending pending, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        PendingHeaders.add(ctx, pending);
        HttpServer.json(ctx, 408, pending);
    }
}
