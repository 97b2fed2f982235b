package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.Lookup;
import io.kagu.statusapi.query.QueueBoard;

import java.time.InstantSource;

/** One job: what it is, and its withdrawal. */
final class JobHandlers {

    private final JobQuestions jobs;
    private final Cancels cancels;
    private final QueueBoard queues;
    private final InstantSource clock;

    JobHandlers(JobQuestions jobs, Cancels cancels, QueueBoard queues, InstantSource clock) {
        this.jobs = jobs;
        this.cancels = cancels;
        this.queues = queues;
        this.clock = clock;
    }

    void get(Context ctx) {
        String id = ctx.pathParam("id");
        jobs.ended(id).ifPresentOrElse(row -> ended(ctx, id, row), () -> live(ctx, id));
    }

    private void ended(Context ctx, String id, ViewRow row) {
        if (isNew(ctx, EndedAnswer.etag(row))) {
            Freshness freshness = jobs.freshness(id, clock.instant());
            HttpServer.jsonBytes(ctx, 200, EndedAnswer.json(id, row, freshness));
        }
    }

    private void live(Context ctx, String id) {
        JobAnswer answer = answer(found(ctx, jobs.find(id)));
        if (isNew(ctx, answer.etag())) {
            HttpServer.json(ctx, 200, answer);
        }
    }

    /** Whether the caller has not got this yet; if it has, it is told so. */
    private static boolean isNew(Context ctx, String etag) {
        ctx.header("ETag", etag).header("Cache-Control", "no-cache");
        if (etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return false;
        }
        return true;
    }

    /** From a copy of the stores: as it was at some time. */
    void copied(Context ctx) {
        ViewRow row =
                jobs.copiedView(ctx.pathParam("id"))
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        ctx.header("Cache-Control", "no-store");
        HttpServer.json(ctx, 200, answer(row.view(), row.copied()));
    }

    /**
     * 200 once the job has ended, by this cancel or before; 202 while a running call is stopped.
     */
    void cancel(Context ctx) {
        JobView job = found(ctx, cancels.cancel(ctx.pathParam("id")));
        JobAnswer answer = answer(job);
        HttpServer.json(ctx, job.state().terminal() ? 200 : 202, answer);
    }

    /** What is said of a job of this replica. */
    JobAnswer answer(JobView job) {
        return answer(job, jobs.freshness(job.id(), clock.instant()));
    }

    private JobAnswer answer(JobView job, Freshness freshness) {
        return JobAnswer.of(job, queues.pool(job.pool()), freshness);
    }

    static JobView found(Context ctx, Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found(var job) -> job;
            case Lookup.Absent() ->
                    throw new ProblemException(JobProblems.notFound(ctx.pathParam("id")));
            case Lookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        };
    }
}
