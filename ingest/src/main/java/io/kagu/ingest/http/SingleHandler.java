package io.kagu.ingest.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpServer;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.WaitEstimate;
import io.kagu.ingest.desk.FrontDesk;
import io.micrometer.core.instrument.Timer;

/** {@code POST /v1/jobs}: 202 only once Kafka has the job. */
final class SingleHandler implements Handler {

    private static final int POLL_UNKNOWN = 2;

    private final FrontDesk desk;
    private final SubmissionRequest request;
    private final Timer timer;

    SingleHandler(FrontDesk desk, BodyLimits limits, Timer timer) {
        this.desk = desk;
        this.request = new SubmissionRequest(limits);
        this.timer = timer;
    }

    @Override
    public void handle(Context ctx) throws Exception {
        timer.recordCallable(() -> {
            answer(ctx, desk.submit(request.read(ctx)).join());
            return ctx;
        });
    }

    private static void answer(Context ctx, Answer answer) {
        switch (answer) {
            case Answer.Refused(Refusal refusal) ->
                    HttpServer.answer(ctx, Refusals.problem(refusal));
            case Answer.Accepted accepted -> accepted(ctx, accepted);
        }
    }

    private static void accepted(Context ctx, Answer.Accepted accepted) {
        AcceptedJob job = AcceptedJob.of(accepted);
        int retryAfter =
                WaitEstimate.retryAfterSeconds(accepted.place().estimatedWait(), POLL_UNKNOWN);
        ctx.header("Location", job.links().self());
        ctx.header("Retry-After", Integer.toString(retryAfter));
        job.queueStatus().ifPresent(word -> ctx.header("X-Queue-Status", word));
        HttpServer.json(ctx, 202, job);
    }
}
