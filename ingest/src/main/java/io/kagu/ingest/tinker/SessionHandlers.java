package io.kagu.ingest.tinker;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.job.JobIds;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.tinker.AskedModel;
import io.kagu.ingest.core.tinker.SamplingSession;
import io.kagu.ingest.core.tinker.SessionReader;
import io.kagu.ingest.http.BoundedBody;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What Tinker clients ask beside samples. Nothing of it is remembered. */
final class SessionHandlers {

    private static final Map<String, String> OK = Map.of("status", "ok");

    private final JsonRequest requests;
    private final Models models;
    private final BooleanSupplier ready;

    /**
     * @param ready whether samples are judged by all that is known
     */
    SessionHandlers(JsonRequest requests, Models models, BooleanSupplier ready) {
        this.requests = requests;
        this.models = models;
        this.ready = ready;
    }

    private record Capabilities(List<SupportedModel> supportedModels) {}

    private record SupportedModel(String modelName) {}

    void createSession(Context ctx) throws IOException {
        passOver(ctx);
        HttpServer.json(ctx, 200, Map.of("session_id", JobIds.next()));
    }

    void createSamplingSession(Context ctx) throws IOException {
        switch (requests.read(ctx)) {
            case JsonRequest.Reading.Refused(Refusal refusal) ->
                    TinkerError.of(refusal).answer(ctx);
            case JsonRequest.Reading.Read(var json) -> {
                switch (SessionReader.read(json)) {
                    case SessionReader.Reading.Refused(Refusal refusal) ->
                            TinkerError.of(refusal).answer(ctx);
                    case SessionReader.Reading.Read(AskedModel model) -> begin(ctx, model);
                }
            }
        }
    }

    private void begin(Context ctx, AskedModel asked) {
        switch (models.choose(asked)) {
            case AskedModel.Choice.Refused(Refusal refusal) -> TinkerError.of(refusal).answer(ctx);
            case AskedModel.Choice.Served(String model) -> {
                SamplingSession session = new SamplingSession(JobIds.next(), model);
                HttpServer.json(ctx, 200, Map.of("sampling_session_id", session.id()));
            }
        }
    }

    void heartbeat(Context ctx) throws IOException {
        passOver(ctx);
        HttpServer.json(ctx, 200, Map.of());
    }

    void telemetry(Context ctx) throws IOException {
        passOver(ctx);
        HttpServer.json(ctx, 200, Map.of("status", "accepted"));
    }

    /** No flag is set, so every client goes by its own defaults. */
    void clientConfig(Context ctx) throws IOException {
        passOver(ctx);
        HttpServer.json(ctx, 200, Map.of());
    }

    void health(Context ctx) {
        if (ready.getAsBoolean()) {
            HttpServer.json(ctx, 200, OK);
        } else {
            TinkerError.of(new Refusal.NoModels(false)).answer(ctx);
        }
    }

    void capabilities(Context ctx) {
        models.names()
                .ifPresentOrElse(
                        names ->
                                HttpServer.json(
                                        ctx,
                                        200,
                                        new Capabilities(
                                                names.stream().map(SupportedModel::new).toList())),
                        () -> TinkerError.of(new Refusal.NoModels(false)).answer(ctx));
    }

    private static void passOver(Context ctx) throws IOException {
        BoundedBody.drain(ctx.bodyInputStream());
    }
}
