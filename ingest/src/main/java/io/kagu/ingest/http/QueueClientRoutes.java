package io.kagu.ingest.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.kagu.common.gpu.Registry;
import io.kagu.common.http.HttpRoutes;
import io.kagu.ingest.core.QueueClientFields;
import io.kagu.ingest.desk.FrontDesk;
import io.kagu.ingest.desk.IngestMetrics;
import io.micrometer.core.instrument.Timer;

import java.util.Optional;
import java.util.function.Supplier;

/** The routes that existing queue clients submit to; the status service answers the others. */
public final class QueueClientRoutes implements HttpRoutes {

    private final QueueClientHandlers handlers;
    private final IngestMetrics metrics;

    /**
     * What the routes ask.
     *
     * @param models the registry; empty while it has not been read
     */
    public record Services(
            FrontDesk desk, QueueClientFields fields, Supplier<Optional<Registry>> models) {}

    public QueueClientRoutes(Services services, BodyLimits limits, IngestMetrics metrics) {
        this.handlers =
                new QueueClientHandlers(
                        services.desk(), limits, services.fields(), services.models());
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/enqueue", timed("enqueue", handlers::enqueue));
        routes.post("/api/queue/jobs", timed("fifo", handlers::fifo));
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
