package io.kagu.ingest.http;

import io.javalin.config.RoutesConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.ingest.desk.FrontDesk;
import io.kagu.ingest.desk.IngestMetrics;

/** The routes of the front door: one job, and many at once. */
public final class SubmissionRoutes implements HttpRoutes {

    private final SingleHandler single;
    private final BatchHandler batch;

    public SubmissionRoutes(FrontDesk desk, BodyLimits limits, IngestMetrics metrics) {
        this.single = new SingleHandler(desk, limits, metrics.requests("job"));
        this.batch = new BatchHandler(desk, limits, metrics.requests("batch"));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/jobs", single);
        routes.post("/v1/jobs:batch", batch);
    }
}
