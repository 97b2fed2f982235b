package io.kagu.statusapi.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.admission.Thresholds;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.query.Boards;
import io.kagu.statusapi.query.Cancels;
import io.kagu.statusapi.query.JobLists;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.Standings;
import io.kagu.statusapi.stream.LiveFeed;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;

/** All routes of the status service. */
public final class StatusRoutes implements HttpRoutes {

    private static final String JOB = "/v1/jobs/{id}";
    private static final String RESULT = "/v1/jobs/{id}/result";
    private static final String EVENTS = "/v1/jobs/{id}/events";
    private static final String ALL_EVENTS = "/v1/events";
    private static final String CONSUMERS = "/v1/consumers";
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
            JobLists lists,
            Cancels cancels,
            Standings standings,
            Boards boards,
            PoolCommands pools,
            Replicas replicas,
            Streams streams,
            Thresholds thresholds) {}

    public StatusRoutes(Services services, InstantSource clock, MeterRegistry registry) {
        this.services = services;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        JobHandlers job =
                new JobHandlers(services.jobs(), services.cancels(), services.standings(), clock);
        ResultHandler result = new ResultHandler(services.jobs(), services.standings(), clock);
        JobListHandler list =
                new JobListHandler(services.lists(), new ListGathering(services.replicas()), clock);
        // Routes are tried in this order: what is asked most comes first.
        routes.get(JOB, routed("GET", JOB, job::get, job::copied));
        routes.get(JobListHandler.PATH, measured("GET " + JobListHandler.PATH, list::get));
        routes.delete(JOB, routed("DELETE", JOB, job::cancel, RoutedHandler.NO_COPY));
        routes.get(RESULT, routed("GET", RESULT, result::get, result::copied));
        JobEventsHandler events =
                new JobEventsHandler(
                        services.jobs(), services.replicas(), services.streams(), job::estimate);
        routes.get(EVENTS, later("GET " + EVENTS, events::get));
        addOverview(routes, list);
        PauseHandlers pause =
                new PauseHandlers(
                        services.boards().queues(),
                        services.boards().gpus(),
                        services.pools(),
                        clock);
        routes.post(PAUSE, measured("POST " + PAUSE, pause::pause));
        routes.post(RESUME, measured("POST " + RESUME, pause::resume));
        GpuHandlers gpus = new GpuHandlers(services.boards().gpus(), clock);
        routes.get(GPUS, measured("GET " + GPUS, gpus::all));
        routes.get(GPU, measured("GET " + GPU, gpus::one));
    }

    private void addOverview(RoutesConfig routes, JobListHandler list) {
        OverviewHandlers overview =
                new OverviewHandlers(services.boards(), services.thresholds(), clock);
        routes.get(QUEUE, measured("GET " + QUEUE, overview::queue));
        routes.get(CONSUMERS, measured("GET " + CONSUMERS, overview::consumers));
        Streams streams = services.streams();
        LiveFeed feed =
                new LiveFeed(
                        streams.open(), overview.sources(list), streams.tail(), streams.executor());
        routes.get(ALL_EVENTS, measured("GET " + ALL_EVENTS, ctx -> watch(ctx, feed)));
    }

    private void watch(Context ctx, LiveFeed feed) {
        if (!services.streams().open().open(ctx, feed::tell)) {
            throw new ProblemException(JobProblems.busy());
        }
    }

    private Handler routed(String method, String path, Inquiry here, Handler copy) {
        return later(method + " " + path, new RoutedHandler(path, services.replicas(), here, copy));
    }

    private Handler later(String route, Inquiry inquiry) {
        return new InquiryHandler(new RouteTimer(route, registry), inquiry);
    }

    private Handler measured(String route, Handler handler) {
        return new MeasuredHandler(new RouteTimer(route, registry), handler);
    }
}
