package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.ProblemException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.EventId;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.peer.PeerRequest;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.stream.EventStream;
import io.kagu.statusapi.stream.JobStream;
import io.kagu.statusapi.stream.PassedOnStream;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** One job's changes as server-sent events, told by the replica that has the job. */
final class JobEventsHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NO_CONTENT = 204;

    private final JobQuestions jobs;
    private final Replicas replicas;
    private final Streams streams;
    private final Function<JobView, JobAnswer> answer;

    JobEventsHandler(
            JobQuestions jobs,
            Replicas replicas,
            Streams streams,
            Function<JobView, JobAnswer> answer) {
        this.jobs = jobs;
        this.replicas = replicas;
        this.streams = streams;
        this.answer = answer;
    }

    CompletableFuture<Reply> get(Context ctx) {
        String id = ctx.pathParam("id");
        Owner owner = JobIds.valid(id) ? replicas.owners().ofJob(id) : new Owner.Here();
        return switch (owner) {
            case Owner.Here() -> here(id);
            case Owner.There(var address) when !JobHop.isForwarded(ctx) -> ask(ctx, id, address);
            case Owner.There _, Owner.Unknown _ ->
                    throw new ProblemException(JobProblems.restoring());
        };
    }

    private CompletableFuture<Reply> here(String id) {
        return jobs.find(id)
                .thenApply(known -> JobHandlers.found(id, known))
                .thenApply(job -> it -> begin(it, job));
    }

    private void begin(Context ctx, JobView job) {
        Optional<EventId> seen =
                Optional.ofNullable(ctx.header("Last-Event-ID")).flatMap(EventId::parse);
        if (job.state().terminal()
                && seen.filter(last -> !last.isBefore(EventId.of(job))).isPresent()) {
            // Who has seen the end must not come back: browsers resume unless told so.
            ctx.status(NO_CONTENT);
            return;
        }
        if (!streams.open().open(ctx, stream -> begin(stream, job.id(), seen))) {
            throw new ProblemException(JobProblems.busy());
        }
    }

    private void begin(EventStream stream, String id, Optional<EventId> seen) {
        JobStream told =
                new JobStream(
                        stream,
                        new JobStream.Story(() -> jobs.now(id), answer::apply, seen),
                        streams.executor());
        jobs.listen(id, told::changed)
                .ifPresentOrElse(
                        listener -> {
                            CompletableFuture<Void> _ =
                                    stream.ended().whenComplete((_, _) -> listener.close());
                            told.changed();
                        },
                        stream::end);
    }

    private void passOn(
            Context ctx, String id, HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
        if (response.statusCode() == 200) {
            if (streams.open().open(ctx, it -> response.body().subscribe(new PassedOnStream(it)))) {
                return;
            }
            response.body().subscribe(new PassedOnStream.Refused());
            throw new ProblemException(JobProblems.busy());
        }
        response.body().subscribe(new PassedOnStream.Refused());
        switch (response.statusCode()) {
            case NO_CONTENT -> ctx.status(NO_CONTENT);
            case 404 -> throw new ProblemException(JobProblems.notFound(id));
            default -> throw new ProblemException(JobProblems.unreachable());
        }
    }

    private CompletableFuture<Reply> ask(Context ctx, String id, ReplicaAddress address) {
        PeerRequest question =
                new PeerRequest(
                        "GET", "/v1/jobs/" + id + "/events", ForwardedHeaders.of(ctx), PATIENCE);
        return replicas.peers().stream(address, question)
                .<Reply>thenApply(response -> it -> passOn(it, id, response))
                .exceptionally(_ -> {
                    throw new ProblemException(JobProblems.unreachable());
                });
    }
}
