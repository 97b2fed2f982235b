package io.kagu.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.kagu.common.gpu.Registry;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Body;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.HeaderFields.Picking;
import io.kagu.ingest.core.QueueClientFields;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.Submission;
import io.kagu.ingest.desk.FrontDesk;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Submissions of existing queue clients: any body, and a model and a priority in headers. */
final class QueueClientHandlers {

    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY = 429;

    private final FrontDesk desk;
    private final BodyLimits limits;
    private final QueueClientFields fields;
    private final Supplier<Optional<Registry>> models;

    QueueClientHandlers(
            FrontDesk desk,
            BodyLimits limits,
            QueueClientFields fields,
            Supplier<Optional<Registry>> models) {
        this.desk = desk;
        this.limits = limits;
        this.fields = fields;
        this.models = models;
    }

    /**
     * A job of a smart queue's client.
     *
     * @param queueDepth jobs that wait in its pool, this one counted; null while unknown
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Enqueued(String jobId, String status, Optional<Integer> queueDepth) {}

    /**
     * A job of a FIFO queue's client.
     *
     * @param queuePosition from 1; null while unknown
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Lined(String jobId, Optional<Integer> queuePosition) {}

    void enqueue(Context ctx) throws IOException {
        switch (submit(ctx)) {
            case Answer.Accepted accepted ->
                    accepted(
                            ctx,
                            accepted,
                            new Enqueued(accepted.job().id(), "queued", accepted.place().depth()));
            case Answer.Refused(Refusal refusal) -> refused(ctx, refusal, UNAVAILABLE);
        }
    }

    /** A full queue is 429 here: callers of this route have always been told so. */
    void fifo(Context ctx) throws IOException {
        switch (submit(ctx)) {
            case Answer.Accepted accepted ->
                    accepted(
                            ctx,
                            accepted,
                            new Lined(
                                    accepted.job().id(),
                                    accepted.place().position().map(ahead -> ahead + 1)));
            case Answer.Refused(Refusal refusal) -> refused(ctx, refusal, TOO_MANY);
        }
    }

    private Answer submit(Context ctx) throws IOException {
        return desk.submit(read(ctx)).join();
    }

    /** Reads the body before anything is judged, so that the caller gets to read the answer. */
    private Arrival read(Context ctx) throws IOException {
        Optional<byte[]> bytes = BoundedBody.read(ctx.bodyInputStream(), limits.body());
        if (bytes.isEmpty()) {
            return new Arrival.Refused(new Refusal.BodyTooLarge("body", limits.body()));
        }
        Registry registry = models.get().orElse(Registry.EMPTY);
        return switch (fields.pick(ctx.headerMap(), registry)) {
            case Picking.Refused(Refusal refusal) -> new Arrival.Refused(refusal);
            case Picking.Picked(Fields picked) ->
                    new Arrival.Complete(Submission.plain(picked, Body.of(bytes.get())));
        };
    }

    private static void accepted(Context ctx, Answer.Accepted accepted, Object body) {
        if (accepted.warned()) {
            ctx.header("X-Queue-Status", AcceptedJob.WARN);
        }
        HttpServer.json(ctx, ACCEPTED, body);
    }

    private static void refused(Context ctx, Refusal refusal, int whenFull) {
        Problem problem = Refusals.problem(refusal);
        if (problem.status() != UNAVAILABLE) {
            HttpServer.answer(ctx, problem);
            return;
        }
        QueueClientRefusal body = QueueClientRefusal.of(refusal, problem);
        ctx.header("Retry-After", Integer.toString(body.retryAfter()));
        HttpServer.json(ctx, refusal instanceof Refusal.QueueFull ? whenFull : UNAVAILABLE, body);
    }
}
