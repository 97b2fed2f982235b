package io.kagu.ingest.http;

import io.javalin.http.Context;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.ingest.core.gpu.GpuRefusal;
import io.kagu.ingest.core.gpu.GpuSpecReader;
import io.kagu.ingest.core.gpu.GpuSpecReader.Reading;
import io.kagu.ingest.desk.GpuAnswer;
import io.kagu.ingest.desk.GpuDesk;

import java.io.IOException;
import java.util.Optional;

/** Changes of one GPU: 200 or 201 with its entry, 204 once it is forgotten. */
final class GpuHandlers {

    private static final int MAX_ENTRY_BYTES = 64 * 1024;
    private static final String FORCE = "force";

    private final GpuDesk desk;

    GpuHandlers(GpuDesk desk) {
        this.desk = desk;
    }

    void put(Context ctx) throws IOException, InterruptedException {
        answer(
                ctx,
                switch (read(ctx)) {
                    case Reading.Entry(GpuSpec spec) -> desk.put(spec);
                    case Reading.Refused(GpuRefusal refusal) -> new GpuAnswer.Refused(refusal);
                });
    }

    void delete(Context ctx) throws InterruptedException {
        String force = Optional.ofNullable(ctx.queryParam(FORCE)).orElse("false");
        if (force.equals("true") || force.equals("false")) {
            answer(ctx, desk.remove(ctx.pathParam("name"), Boolean.parseBoolean(force)));
        } else {
            HttpServer.answer(ctx, Problem.field(422, "invalid_field", FORCE, "true or false"));
        }
    }

    void drain(Context ctx) throws InterruptedException {
        answer(ctx, desk.drain(ctx.pathParam("name"), true));
    }

    void resume(Context ctx) throws InterruptedException {
        answer(ctx, desk.drain(ctx.pathParam("name"), false));
    }

    private static Reading read(Context ctx) throws IOException {
        return BoundedBody.read(ctx.bodyInputStream(), MAX_ENTRY_BYTES)
                .map(bytes -> GpuSpecReader.read(ctx.pathParam("name"), bytes))
                .orElseGet(() -> new Reading.Refused(new GpuRefusal.TooLarge(MAX_ENTRY_BYTES)));
    }

    private static void answer(Context ctx, GpuAnswer answer) {
        switch (answer) {
            case GpuAnswer.Stored(GpuSpec spec, boolean created) ->
                    HttpServer.json(ctx, created ? 201 : 200, spec);
            case GpuAnswer.Removed() -> ctx.status(204);
            case GpuAnswer.Refused(GpuRefusal refusal) ->
                    HttpServer.answer(ctx, GpuProblems.of(refusal));
        }
    }
}
