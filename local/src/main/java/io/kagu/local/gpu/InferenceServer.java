package io.kagu.local.gpu;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

import java.time.Instant;

/** The routes of the inference server. */
final class InferenceServer {

    private final InferenceHandler handler;
    private final GpuParts parts;
    private final byte[] models;

    InferenceServer(SimulatedGpuConfig config, GpuParts parts, FrontDoor door) {
        this.handler = new InferenceHandler(config, parts, door);
        this.parts = parts;
        this.models = models(config);
    }

    void addTo(RoutesConfig routes) {
        for (var route : Route.values()) {
            routes.post(route.path(), ctx -> handler.handle(ctx, route));
        }
        routes.get("/v1/models", this::models);
        routes.get("/health", ctx -> ctx.status(200));
        routes.get(
                "/metrics",
                ctx ->
                        ctx.contentType(MetricsText.CONTENT_TYPE)
                                .result(parts.metricsText(parts.sidecar().reading())));
    }

    private void models(Context ctx) {
        ctx.contentType("application/json").result(models);
    }

    private static byte[] models(SimulatedGpuConfig config) {
        var root = Bodies.JSON.createObjectNode().put("object", "list");
        var data = root.putArray("data");
        for (var model : config.models()) {
            data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", Instant.now().getEpochSecond())
                    .put("owned_by", config.name());
        }
        return Bodies.bytesOf(root);
    }
}
