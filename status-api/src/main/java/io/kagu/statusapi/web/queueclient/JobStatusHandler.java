package io.kagu.statusapi.web.queueclient;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.Lookup;
import io.kagu.statusapi.query.ResultLookup;
import io.kagu.statusapi.web.FreshnessHeaders;
import io.kagu.statusapi.web.JobProblems;
import io.kagu.statusapi.web.Reply;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One job in the words of queue clients. */
final class JobStatusHandler {

    private final JobQuestions jobs;
    private final InstantSource clock;

    JobStatusHandler(JobQuestions jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    CompletableFuture<Reply> get(Context ctx) {
        String id = ctx.pathParam("id");
        return jobs.find(id)
                .thenCompose(known ->
                        switch (known) {
                            case Lookup.Found(var job) -> reply(job);
                            case Lookup.Absent() ->
                                    completed(it -> QueueClientError.answer(it, "job not found"));
                            case Lookup.NotReady() ->
                                    throw new ProblemException(JobProblems.restoring());
                        });
    }

    private CompletableFuture<Reply> reply(JobView job) {
        Freshness freshness = jobs.freshness(job.id(), clock.instant());
        return response(job).thenApply(response -> ctx -> answer(ctx, job, response, freshness));
    }

    private static CompletableFuture<Reply> completed(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** From a copy of the stores: as it was at some time. */
    void copied(Context ctx) {
        String id = ctx.pathParam("id");
        ViewRow row =
                jobs.copiedView(id)
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        Optional<ResultRow> response =
                row.state() == JobStatus.COMPLETED ? jobs.copiedResult(id) : Optional.empty();
        answer(ctx, row.view(), response, row.copied());
    }

    private CompletableFuture<Optional<ResultRow>> response(JobView job) {
        if (job.state() != JobStatus.COMPLETED) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return jobs.result(job.id(), Duration.ZERO)
                .thenApply(result ->
                        result instanceof ResultLookup.Answered(var response)
                                ? Optional.of(response)
                                : Optional.empty());
    }

    private static void answer(
            Context ctx, JobView job, Optional<ResultRow> response, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        HttpServer.json(ctx, 200, JobStatusAnswer.of(job, response));
    }
}
