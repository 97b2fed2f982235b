package io.kagu.statusapi.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpRoutes;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters;
import io.kagu.statusapi.query.RequeueRuns;
import io.micrometer.core.instrument.MeterRegistry;

/** The routes of dead letters. */
public final class DeadLetterRoutes implements HttpRoutes {

    private static final String ALL = DeadLetterList.PATH;
    private static final String ONE = "/v1/dlq/{id}";
    private static final String BODY = "/v1/dlq/{id}/body";
    private static final String REQUEUE = "/v1/dlq/{id}/requeue";
    private static final String REQUEUE_MANY = RequeueHandlers.PATH;
    private static final String SELECT = GatheredRequeues.PATH;

    private final Services services;
    private final MeterRegistry registry;

    /** What the routes ask. */
    public record Services(
            DeadLetters letters,
            DeadLetterList list,
            DeadLetterCommands commands,
            GatheredRequeues gathered,
            RequeueRuns runs,
            Replicas replicas) {}

    public DeadLetterRoutes(Services services, MeterRegistry registry) {
        this.services = services;
        this.registry = registry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        DeadLetterHandlers letter = new DeadLetterHandlers(services);
        routes.get(ALL, measured("GET " + ALL, letter::list));
        routes.get(ONE, routed("GET", ONE, letter::one));
        routes.get(BODY, routed("GET", BODY, letter::body));
        routes.post(REQUEUE, routed("POST", REQUEUE, letter::requeue));
        routes.delete(ONE, routed("DELETE", ONE, letter::discard));
        RequeueHandlers many =
                new RequeueHandlers(services.gathered(), services.runs(), services.replicas());
        routes.post(SELECT, measured("POST " + SELECT, many::select));
        routes.post(REQUEUE_MANY, measured("POST " + REQUEUE_MANY, many::start));
        routes.get(REQUEUE_MANY, measured("GET " + REQUEUE_MANY, many::progress));
        routes.delete(REQUEUE_MANY, measured("DELETE " + REQUEUE_MANY, many::stop));
    }

    private Handler routed(String method, String path, Handler here) {
        Inquiry routed =
                new RoutedHandler(
                        path, services.replicas(), Inquiry.atOnce(here), RoutedHandler.NO_COPY);
        return new InquiryHandler(new RouteTimer(method + " " + path, registry), routed);
    }

    private Handler measured(String route, Handler handler) {
        return new MeasuredHandler(new RouteTimer(route, registry), handler);
    }
}
