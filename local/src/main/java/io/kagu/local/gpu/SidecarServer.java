package io.kagu.local.gpu;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

import java.util.Locale;
import java.util.function.Consumer;

/** The routes of the sidecar: readings of the GPU, and the switchboard of its faults. */
final class SidecarServer {

    private static final String JSON = "application/json";

    private final GpuParts parts;

    SidecarServer(GpuParts parts) {
        this.parts = parts;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get("/metrics", this::metrics);
        routes.get("/control/faults", this::showFaults);
        routes.put("/control/faults", this::replaceFaults);
        routes.get("/control/calls", this::showCounters);
    }

    private void health(Context ctx) {
        read(ctx, reading -> ctx.contentType(JSON).result(Bodies.bytesOf(reading)));
    }

    private void metrics(Context ctx) {
        read(
                ctx,
                reading ->
                        ctx.contentType(MetricsText.CONTENT_TYPE)
                                .result(parts.metricsText(reading)));
    }

    private void read(Context ctx, Consumer<GpuReading> answer) {
        var plan = parts.faults().planReading();
        if (plan.fault().isEmpty()) {
            answer.accept(parts.sidecar().reading());
            return;
        }
        switch (plan.fault().get()) {
            case Fault.LyingSidecar(var lie) -> answer.accept(lie);
            case Fault.GarbageSidecar() -> ctx.contentType("text/html").result("<p>hm, {\"gpu");
            case Fault.SilentSidecar() -> {
                if (outlastsSilence(ctx, plan)) {
                    answer.accept(parts.sidecar().reading());
                }
            }
        }
    }

    private boolean outlastsSilence(Context ctx, CallPlan<Fault.OfSidecar> plan) {
        var connection = ClientConnection.of(ctx, parts.watch());
        connection.startWatching();
        try {
            connection.await(plan.release());
            return connection.stopWatching();
        } catch (ClientGoneException e) {
            return false;
        }
    }

    private void showFaults(Context ctx) {
        ctx.contentType(JSON).result(FaultsJson.write(parts.faults().active()));
    }

    private void replaceFaults(Context ctx) {
        try {
            parts.faults().replaceWith(FaultsJson.read(ctx.bodyAsBytes()));
            showFaults(ctx);
        } catch (IllegalArgumentException e) {
            var error = ErrorAnswer.notJson("faults: " + e.getMessage());
            ctx.status(400).contentType(JSON).result(error.body());
        }
    }

    private void showCounters(Context ctx) {
        var log = parts.log();
        var root =
                Bodies.JSON
                        .createObjectNode()
                        .put("started", log.started())
                        .put("running", log.running())
                        .put("max_running", log.maxRunning());
        for (var ending : CallEnding.values()) {
            root.put(ending.name().toLowerCase(Locale.ROOT), log.ended(ending));
        }
        ctx.contentType(JSON).result(Bodies.bytesOf(root));
    }
}
