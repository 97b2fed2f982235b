package io.kagu.statusapi.web.queueclient;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.kagu.common.admission.Thresholds;
import io.kagu.common.http.HttpRoutes;
import io.kagu.statusapi.query.Boards;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.JobQuestions;
import io.kagu.statusapi.web.DeadLetterList;
import io.kagu.statusapi.web.Inquiry;
import io.kagu.statusapi.web.InquiryHandler;
import io.kagu.statusapi.web.MeasuredHandler;
import io.kagu.statusapi.web.Replicas;
import io.kagu.statusapi.web.RouteTimer;
import io.kagu.statusapi.web.RoutedHandler;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** The routes that existing queue clients ask; they submit to the ingest service. */
public final class QueueClientRoutes implements HttpRoutes {

    private static final String STATUS = "/status";
    private static final String JOB = "/status/{id}";
    private static final String DEAD = "/dlq";
    private static final String RETRY = "/dlq/{id}/retry";
    private static final String CONSUMERS = "/consumers";
    private static final String GPUS = "/gpus";
    private static final String HEALTH = "/health";
    private static final String FIFO_STATUS = "/api/queue/status";

    private final Services services;
    private final MeterRegistry registry;

    /**
     * What the routes ask.
     *
     * @param thresholds of admission, as the ingest service has them
     * @param ready whether this service can answer
     */
    public record Services(
            JobQuestions jobs,
            Boards boards,
            Letters letters,
            Replicas replicas,
            Thresholds thresholds,
            BooleanSupplier ready,
            InstantSource clock) {}

    /** Dead letters, and what can be done with them. */
    public record Letters(DeadLetterList list, DeadLetterCommands commands) {}

    public QueueClientRoutes(Services services, MeterRegistry registry) {
        this.services = services;
        this.registry = registry;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        JobStatusHandler job = new JobStatusHandler(services.jobs(), services.clock());
        routes.get(JOB, routed("GET", JOB, job::get, job::copied));
        Letters letters = services.letters();
        LetterHandlers letter = new LetterHandlers(letters.list(), letters.commands());
        routes.get(DEAD, measured("GET " + DEAD, letter::list));
        routes.post(
                RETRY, routed("POST", RETRY, Inquiry.atOnce(letter::retry), RoutedHandler.NO_COPY));
        BoardHandlers boards = new BoardHandlers(services, letters.list());
        routes.get(STATUS, measured("GET " + STATUS, boards::status));
        routes.get(CONSUMERS, measured("GET " + CONSUMERS, boards::consumers));
        routes.get(GPUS, measured("GET " + GPUS, boards::gpus));
        routes.get(HEALTH, measured("GET " + HEALTH, boards::health));
        routes.get(FIFO_STATUS, measured("GET " + FIFO_STATUS, boards::fifoStatus));
    }

    private Handler routed(String method, String path, Inquiry here, Handler copy) {
        return new InquiryHandler(
                new RouteTimer(method + " " + path, registry),
                new RoutedHandler(path, services.replicas(), here, copy));
    }

    private Handler measured(String route, Handler handler) {
        return new MeasuredHandler(new RouteTimer(route, registry), handler);
    }
}
