package io.kagu.ingest.tinker;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.kagu.common.gpu.Registry;
import io.kagu.common.http.HttpRoutes;
import io.kagu.ingest.desk.FrontDesk;
import io.kagu.ingest.desk.IngestMetrics;
import io.kagu.ingest.http.BodyLimits;
import io.micrometer.core.instrument.Timer;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The routes that Tinker clients call, but for the one that tells results. */
public final class TinkerRoutes implements HttpRoutes {

    private final SampleHandler samples;
    private final SessionHandlers sessions;
    private final IngestMetrics metrics;

    /**
     * What the routes ask.
     *
     * @param models the registry; empty while it has not been read
     * @param ready whether samples are judged by all that is known
     */
    public record Services(
            FrontDesk desk, Supplier<Optional<Registry>> models, BooleanSupplier ready) {}

    public TinkerRoutes(Services services, BodyLimits limits, IngestMetrics metrics) {
        JsonRequest requests = new JsonRequest(limits);
        Models models = new Models(services.models());
        this.samples = new SampleHandler(services.desk(), requests, models);
        this.sessions = new SessionHandlers(requests, models, services.ready());
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/asample", timed("tinker_sample", samples));
        routes.post("/api/v1/create_session", timed("tinker_session", sessions::createSession));
        routes.post(
                "/api/v1/create_sampling_session",
                timed("tinker_sampling_session", sessions::createSamplingSession));
        routes.post("/api/v1/session_heartbeat", sessions::heartbeat);
        routes.post("/api/v1/telemetry", sessions::telemetry);
        routes.post("/api/v1/client/config", sessions::clientConfig);
        routes.get("/api/v1/healthz", sessions::health);
        routes.get("/api/v1/get_server_capabilities", sessions::capabilities);
    }

    private Handler timed(String route, Handler handler) {
        Timer timer = metrics.requests(route);
        return ctx ->
                timer.recordCallable(() -> {
                    handler.handle(ctx);
                    return ctx;
                });
    }
}
