package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.Lookup;
import io.kagu.statusapi.query.Standings;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One job: what it is, and its withdrawal. */
final class JobHandlers {

    private final JobQuestions jobs;
    private final Cancels cancels;
    private final Standings standings;
    private final InstantSource clock;

    JobHandlers(JobQuestions jobs, Cancels cancels, Standings standings, InstantSource clock) {
        this.jobs = jobs;
        this.cancels = cancels;
        this.standings = standings;
        this.clock = clock;
    }

    CompletableFuture<Reply> get(Context ctx) {
        String id = ctx.pathParam("id");
        Optional<ViewRow> known = jobs.known(id);
        if (known.isEmpty()) {
            return jobs.find(id).thenApply(lookup -> found(id, lookup)).thenCompose(this::told);
        }
        ViewRow row = known.get();
        return row.state().terminal()
                ? CompletableFuture.completedFuture(it -> ended(it, id, row))
                : live(row);
    }

    private void ended(Context ctx, String id, ViewRow row) {
        if (isNew(ctx, StoredAnswer.etag(row))) {
            Freshness freshness = jobs.freshness(id, clock.instant());
            HttpServer.jsonBytes(ctx, 200, StoredAnswer.ended(id, row, freshness));
        }
    }

    private CompletableFuture<Reply> live(ViewRow row) {
        JobView job = row.view();
        return standings
                .of(job)
                .thenApply(standing -> ctx -> live(ctx, row, answer(job, standing)));
    }

    private static void live(Context ctx, ViewRow row, JobAnswer answer) {
        if (isNew(ctx, answer.etag())) {
            HttpServer.jsonBytes(ctx, 200, StoredAnswer.json(row, answer));
        }
    }

    private CompletableFuture<Reply> told(JobView job) {
        return standings.of(job).thenApply(standing -> ctx -> write(ctx, answer(job, standing)));
    }

    private static void write(Context ctx, JobAnswer answer) {
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
        JobView job = row.view();
        JobStanding standing = standings.estimate(job, Inexact.STALE_COPY);
        ctx.header("Cache-Control", "no-store");
        HttpServer.json(ctx, 200, answer(job, standing, row.copied()));
    }

    /**
     * 200 once the job has ended, by this cancel or before; 202 while a running call is stopped.
     */
    CompletableFuture<Reply> cancel(Context ctx) {
        String id = ctx.pathParam("id");
        return cancels.cancel(id)
                .thenApply(known -> found(id, known))
                .thenCompose(job ->
                        standings
                                .of(job)
                                .thenApply(standing ->
                                        it ->
                                                HttpServer.json(
                                                        it,
                                                        job.state().terminal() ? 200 : 202,
                                                        answer(job, standing))));
    }

    /** What is said of a job of this replica without asking its pool's owner. */
    JobAnswer estimate(JobView job) {
        return answer(job, standings.estimate(job, Inexact.NOT_ASKED));
    }

    private JobAnswer answer(JobView job, JobStanding standing) {
        return answer(job, standing, jobs.freshness(job.id(), clock.instant()));
    }

    private JobAnswer answer(JobView job, JobStanding standing, Freshness freshness) {
        return JobAnswer.of(job, standing, standings.pending(job, standing), freshness);
    }

    static JobView found(String id, Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found(var job) -> job;
            case Lookup.Absent() -> throw new ProblemException(JobProblems.notFound(id));
            case Lookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        };
    }
}
