package io.kagu.ingest.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpServer;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.HeaderFields;
import io.kagu.ingest.core.HeaderFields.Picking;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.desk.FrontDesk;
import io.micrometer.core.instrument.Timer;

import java.io.IOException;
import java.util.List;

/**
 * {@code POST /v1/jobs:batch}: one envelope per line in, one result per line out, in order. The
 * results are written after the last line was read: most clients read no answer while they send.
 */
final class BatchHandler implements Handler {

    private static final String NDJSON = "application/x-ndjson";

    private final FrontDesk desk;
    private final BodyLimits limits;
    private final Timer timer;

    BatchHandler(FrontDesk desk, BodyLimits limits, Timer timer) {
        this.desk = desk;
        this.limits = limits;
        this.timer = timer;
    }

    @Override
    public void handle(Context ctx) throws Exception {
        timer.recordCallable(() -> {
            batch(ctx);
            return ctx;
        });
    }

    private void batch(Context ctx) throws IOException {
        switch (HeaderFields.pick(ctx.headerMap())) {
            case Picking.Refused(Refusal refusal) -> refuse(ctx, refusal);
            case Picking.Picked(Fields fields) -> submit(ctx, defaults(fields));
        }
    }

    /** What is said of all lines at once; an id cannot be. */
    private static Fields defaults(Fields headers) {
        return headers.without(Field.CONTENT_TYPE).without(Field.ID);
    }

    private void submit(Context ctx, Fields defaults) throws IOException {
        NdjsonLines lines = new NdjsonLines(ctx.bodyInputStream(), limits.envelope());
        List<PendingLine> results = new Batch(desk, limits, defaults).submit(lines);
        if (results.isEmpty()) {
            refuse(ctx, new Refusal.EmptyBody("body"));
            return;
        }
        BoundedBody.drain(ctx.bodyInputStream());
        ctx.status(200).contentType(NDJSON);
        for (PendingLine result : results) {
            result.writeTo(ctx.outputStream());
        }
    }

    private static void refuse(Context ctx, Refusal refusal) throws IOException {
        BoundedBody.drain(ctx.bodyInputStream());
        HttpServer.answer(ctx, Refusals.problem(refusal));
    }
}
