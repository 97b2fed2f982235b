package io.kagu.common.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What an orchestrator asks of every service: {@code /health/live} (always 200), {@code
 * /health/ready} (503 naming what is not ready) and {@code /metrics} in Prometheus' text format.
 */
public final class HealthRoutes implements HttpRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Map<String, BooleanSupplier> readiness;
    private final PrometheusMeterRegistry metrics;

    /**
     * @param readiness by name, asked on every request; ready is when all of them are
     */
    public HealthRoutes(Map<String, BooleanSupplier> readiness, PrometheusMeterRegistry metrics) {
        this.readiness = new TreeMap<>(readiness);
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> HttpServer.json(ctx, 200, Map.of("status", "ok")));
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", ctx -> ctx.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
    }

    private void ready(Context ctx) {
        List<String> waiting =
                readiness.entrySet().stream()
                        .filter(part -> !part.getValue().getAsBoolean())
                        .map(Map.Entry::getKey)
                        .toList();
        if (waiting.isEmpty()) {
            HttpServer.json(ctx, 200, Map.of("status", "ok"));
        } else {
            HttpServer.answer(ctx, notReady(waiting));
        }
    }

    private static Problem notReady(List<String> waiting) {
        String detail = "Not ready: " + String.join(", ", waiting);
        return Problem.of(503, "not_ready", "Not ready", detail)
                .with("not_ready", waiting)
                .retryAfter(RETRY_AFTER_SECONDS);
    }
}
