package io.kagu.statusapi.web.tinker;

import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Context;
import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.SampleIds;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.QueueSnapshot;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.core.tinker.CompletionsReader;
import io.kagu.statusapi.core.tinker.FailedSample;
import io.kagu.statusapi.core.tinker.PendingSample;
import io.kagu.statusapi.core.tinker.Translation;
import io.kagu.statusapi.peer.PeerRequest;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.QueueBoard;
import io.kagu.statusapi.query.ResultLookup;
import io.kagu.statusapi.query.Standings;
import io.kagu.statusapi.web.FreshnessHeaders;
import io.kagu.statusapi.web.Inquiry;
import io.kagu.statusapi.web.JobHop;
import io.kagu.statusapi.web.JobProblems;
import io.kagu.statusapi.web.PendingHeaders;
import io.kagu.statusapi.web.Reply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * {@code retrieve_future}: what came of a sample, waited for.
 *
 * <p>Clients ask again at once on 408 and on 5xx, submit anew on 410 and give up on any other
 * error. So a request is held before it is told nothing, and 410 is said only of what is known not
 * to exist.
 */
final class FutureHandler implements Inquiry {

    /** Clients wait for 45 seconds, gateways often for 30. */
    private static final Duration HOLD = Duration.ofSeconds(20);

    /** Before a caller is told what took no time to find out and makes him ask again at once. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The hold, the hop, and the wait for a new job. */
    private static final Duration PATIENCE = HOLD.plusSeconds(5);

    private static final String REQUEST_ID = "request_id";
    private static final int GONE = 410;
    private static final int PENDING = 408;
    private static final int MULTIPLE_CHOICES = 300;

    private final JobQuestions jobs;
    private final Standings standings;
    private final QueueBoard queues;
    private final JobHop hop;
    private final InstantSource clock;

    FutureHandler(TinkerRoutes.Services services) {
        this.jobs = services.jobs();
        this.standings = services.standings();
        this.queues = services.queues();
        this.hop = services.hop();
        this.clock = services.clock();
    }

    @Override
    public CompletableFuture<Reply> ask(Context ctx) throws Exception {
        Optional<String> id = requestId(ctx);
        if (id.isEmpty()) {
            FutureError error =
                    FutureError.ofUser(
                            "invalid_field", "request_id must be the text that asample gave");
            return CompletableFuture.completedFuture(it -> HttpServer.json(it, 422, error));
        }
        CompletableFuture<Reply> told;
        try {
            told = hop.ask(ctx, id.get(), ways(id.get()));
        } catch (ProblemException e) {
            told = CompletableFuture.failedFuture(e);
        }
        return told.thenApply(FutureHandler::orUnknownYet)
                .exceptionallyCompose(e -> unknownYet(ctx, e));
    }

    private static Optional<String> requestId(Context ctx) {
        try {
            return Optional.of(Json.tree(ctx.bodyAsBytes()).path(REQUEST_ID))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (BadJsonException _) {
            return Optional.empty();
        }
    }

    private JobHop.Ways ways(String id) {
        return new JobHop.Ways(
                _ -> here(id),
                () -> PeerRequest.post(TinkerRoutes.RETRIEVE, question(id), PATIENCE),
                ctx -> copied(ctx, id));
    }

    /** Written anew: nothing else that the caller sent is passed on. */
    private static byte[] question(String id) {
        return Json.write(Map.of(REQUEST_ID, id));
    }

    private CompletableFuture<Reply> here(String id) {
        Instant begin = clock.instant();
        return jobs.result(id, HOLD).thenCompose(result -> reply(id, result, begin));
    }

    private CompletableFuture<Reply> reply(String id, ResultLookup result, Instant begin) {
        return switch (result) {
            case ResultLookup.Answered(var response) -> {
                Freshness freshness = freshness(id);
                yield CompletableFuture.completedFuture(it -> answer(it, id, response, freshness));
            }
            case ResultLookup.Waiting(var job) ->
                    pause(begin)
                            .thenCompose(_ -> standings.pending(job))
                            .thenApply(pending -> it -> pending(it, job, pending));
            case ResultLookup.Failed(var job) ->
                    CompletableFuture.completedFuture(it -> failed(it, job));
            case ResultLookup.Absent() -> CompletableFuture.completedFuture(FutureHandler::gone);
            case ResultLookup.NotReady() -> throw new ProblemException(JobProblems.restoring());
        };
    }

    /** Over at once for those who waited long enough. */
    private CompletableFuture<Void> pause(Instant begin) {
        return begin.plus(PAUSE).isAfter(clock.instant())
                ? pause()
                : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> pause() {
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void failed(Context ctx, JobView job) {
        FreshnessHeaders.add(ctx, freshness(job.id()));
        HttpServer.json(ctx, 200, FailedSample.of(job));
    }

    private Freshness freshness(String id) {
        return jobs.freshness(id, clock.instant());
    }

    /** From a copy of the stores: a job that completed stays so, with the same response. */
    private void copied(Context ctx, String id) {
        ViewRow view =
                jobs.copiedView(id)
                        .filter(row -> row.state() == JobStatus.COMPLETED)
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        ResultRow response =
                jobs.copiedResult(id)
                        .orElseThrow(() -> new ProblemException(JobProblems.unreachable()));
        answer(ctx, id, response, view.copied());
    }

    private static void answer(Context ctx, String id, ResultRow response, Freshness freshness) {
        FreshnessHeaders.add(ctx, freshness);
        int status = response.head().status();
        Translation translation =
                status < MULTIPLE_CHOICES
                        ? CompletionsReader.read(response.body(), SampleIds.top(id))
                        : new Translation.Broken("its status is " + status);
        switch (translation) {
            case Translation.Translated(var sample) -> HttpServer.json(ctx, 200, sample);
            case Translation.Broken(String why) ->
                    HttpServer.json(ctx, 200, FailedSample.broken(why));
        }
    }

    private void pending(Context ctx, JobView job, Pending known) {
        Optional<QueueSnapshot> queue = queues.pool(job.pool());
        Pending pending = PendingSample.withFirstEstimate(known, job, queue);
        FreshnessHeaders.add(ctx, freshness(job.id()));
        PendingHeaders.add(ctx, pending);
        HttpServer.json(ctx, PENDING, PendingSample.of(pending, job, queue));
    }

    private static void gone(Context ctx) {
        FutureError error =
                new FutureError(
                        "unknown_request",
                        "There is no such request, or it is forgotten; submit it again",
                        "server");
        HttpServer.json(ctx, GONE, error);
    }

    /** Another replica that asks for its caller lets him wait itself. */
    private static CompletableFuture<Reply> unknownYet(Context ctx, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof ProblemException known)) {
            return CompletableFuture.failedFuture(failure);
        }
        Reply reply = it -> unknown(it, known.problem());
        return JobHop.isForwarded(ctx)
                ? CompletableFuture.completedFuture(reply)
                : pause().thenApply(_ -> reply);
    }

    /** A copy is looked for only when the answer is written; few callers come this way. */
    private static Reply orUnknownYet(Reply reply) {
        return ctx -> {
            try {
                reply.write(ctx);
            } catch (ProblemException e) {
                pause().join();
                unknown(ctx, e.problem());
            }
        };
    }

    private static void unknown(Context ctx, Problem problem) {
        problem.retryAfterSeconds()
                .ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        HttpServer.json(ctx, problem.status(), FutureError.of(problem));
    }
}
