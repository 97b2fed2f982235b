package io.kagu.statusapi.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.GpuBoard;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.QueueBoard;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;

/** All routes of the status service. */
public final class StatusRoutes implements HttpRoutes {

    private static final String JOB = "/v1/jobs/{id}";
    private static final String RESULT = "/v1/jobs/{id}/result";
    private static final String QUEUE = "/v1/queue";
    private static final String PAUSE = "/v1/queue/{pool}/pause";
    private static final String RESUME = "/v1/queue/{pool}/resume";
    private static final String GPUS = "/v1/gpus";
    private static final String GPU = "/v1/gpus/{name}";

    private final Services services;
    private final InstantSource clock;
    private final MeterRegistry registry;

    /** What the routes ask. */
    public record Services(
            JobQuestions jobs,
            Cancels cancels,
            QueueBoard queues,
            PoolCommands pools,
            GpuBoard gpus,
            Replicas replicas) {}

    public StatusRoutes(Services services, InstantSource clock, MeterRegistry registry) {
        this.services = services;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        JobHandlers job =
                new JobHandlers(services.jobs(), services.cancels(), services.queues(), clock);
        ResultHandler result = new ResultHandler(services.jobs(), services.queues(), clock);
        routes.get(JOB, routed("GET", JOB, job::get, job::copied));
        routes.delete(JOB, routed("DELETE", JOB, job::cancel, RoutedHandler.NO_COPY));
        routes.get(RESULT, routed("GET", RESULT, result::get, result::copied));
        routes.get(QUEUE, measured("GET " + QUEUE, this::queue));
        PauseHandlers pause =
                new PauseHandlers(services.queues(), services.gpus(), services.pools(), clock);
        routes.post(PAUSE, measured("POST " + PAUSE, pause::pause));
        routes.post(RESUME, measured("POST " + RESUME, pause::resume));
        GpuHandlers gpus = new GpuHandlers(services.gpus(), clock);
        routes.get(GPUS, measured("GET " + GPUS, gpus::all));
        routes.get(GPU, measured("GET " + GPU, gpus::one));
    }

    private Handler routed(String method, String path, Handler here, Handler copy) {
        Handler routed = new RoutedHandler(path, services.replicas(), here, copy);
        return measured(method + " " + path, routed);
    }

    private Handler measured(String route, Handler handler) {
        return new MeasuredHandler(route, registry, handler);
    }

    private void queue(Context ctx) {
        HttpServer.json(ctx, 200, QueueAnswer.of(services.queues().pools(), clock.instant()));
    }
}
