package io.kagu.statusapi.web.tinker;

import io.javalin.config.RoutesConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.query.QueueBoard;
import io.kagu.statusapi.query.Standings;
import io.kagu.statusapi.web.InquiryHandler;
import io.kagu.statusapi.web.JobHop;
import io.kagu.statusapi.web.RouteTimer;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;

/** The route at which Tinker clients ask for results. */
public final class TinkerRoutes implements HttpRoutes {

    static final String RETRIEVE = "/api/v1/retrieve_future";

    private final Services services;
    private final MeterRegistry registry;

    /** What the route asks. */
    public record Services(
            JobQuestions jobs,
            Standings standings,
            QueueBoard queues,
            JobHop hop,
            InstantSource clock) {}

    public TinkerRoutes(Services services, MeterRegistry registry) {
        this.services = services;
        this.registry = registry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(
                RETRIEVE,
                new InquiryHandler(
                        new RouteTimer("POST " + RETRIEVE, registry), new FutureHandler(services)));
    }
}
