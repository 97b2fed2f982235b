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

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** One job in the words of queue clients. */
final class JobStatusHandler {

    private final JobQuestions jobs;
    private final InstantSource clock;

    JobStatusHandler(JobQuestions jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    void get(Context ctx) {
        String id = ctx.pathParam("id");
        switch (jobs.find(id)) {
            case Lookup.Found(var job) ->
                    answer(ctx, job, response(job), jobs.freshness(id, clock.instant()));
            case Lookup.Absent() -> QueueClientError.answer(ctx, "job not found");
            case Lookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        }
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

    private Optional<ResultRow> response(JobView job) {
        return job.state() == JobStatus.COMPLETED
                        && jobs.result(job.id(), Duration.ZERO)
                                instanceof ResultLookup.Answered(var response)
                ? Optional.of(response)
                : Optional.empty();
    }

    private static void answer(
            Context ctx, JobView job, Optional<ResultRow> response, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        HttpServer.json(ctx, 200, JobStatusAnswer.of(job, response));
    }
}
